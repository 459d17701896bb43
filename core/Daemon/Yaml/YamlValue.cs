namespace Donmai.Core.Daemon.Yaml;

/// <summary>A value of a YAML text, with its place in the text.</summary>
internal abstract class YamlValue
{
    /// <summary>Index of its first character; of its anchor or tag, if it has one.</summary>
    public required int Start { get; init; }

    /// <summary>Index behind its last character; of a block, behind its last value.</summary>
    public required int End { get; init; }

    /// <summary>Line of its first character, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Values in it, itself and what its aliases stand for included.</summary>
    public virtual int Weight => 1;

    /// <summary>Levels in it, itself and what its aliases stand for included.</summary>
    public virtual int Height => 1;

    /// <summary>What it stands for: itself, unless it is an alias.</summary>
    public virtual YamlValue Resolved => this;
}
