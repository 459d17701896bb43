namespace Donmai.Core.Daemon.Yaml;

/// <summary>One key of a mapping, with its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlValue Value);
