namespace Donmai.Core.Daemon.Yaml;

/// <summary>A reference to a value that stands earlier in the text.</summary>
internal sealed class YamlAlias : YamlValue
{
    /// <summary>The value.</summary>
    public required YamlValue Target { get; init; }

    /// <inheritdoc/>
    public override int Weight => Target.Weight;

    /// <inheritdoc/>
    public override int Height => Target.Height;

    /// <inheritdoc/>
    public override YamlValue Resolved => Target.Resolved;
}
