namespace Donmai.Core.Daemon;

/// <summary>What the value of a key of <c>daemon.yaml</c> is.</summary>
public enum ConfigurationKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A text that must not be shown.</summary>
    Secret,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>A list of mappings.</summary>
    Entries,
}
