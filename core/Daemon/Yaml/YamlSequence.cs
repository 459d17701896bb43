namespace Donmai.Core.Daemon.Yaml;

/// <summary>A list.</summary>
internal sealed class YamlSequence(IReadOnlyList<YamlValue> items) : YamlValue
{
    /// <summary>Its items, in order.</summary>
    public IReadOnlyList<YamlValue> Items { get; } = items;

    /// <summary>Whether it is written in brackets.</summary>
    public required bool IsFlow { get; init; }

    /// <inheritdoc/>
    public override int Weight { get; } = 1 + items.Sum(static item => item.Weight);

    /// <inheritdoc/>
    public override int Height { get; } = 1 + items.Select(static item => item.Height).DefaultIfEmpty().Max();
}
