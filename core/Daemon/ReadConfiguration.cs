namespace Donmai.Core.Daemon;

/// <summary>A configuration, and what its file says in its own words.</summary>
/// <param name="Configuration">The configuration, with defaults.</param>
/// <param name="Written">Every value of the file by its full key, also of keys that are not known.</param>
internal sealed record ReadConfiguration(DaemonConfiguration Configuration, IReadOnlyDictionary<string, string> Written);
