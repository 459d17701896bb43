namespace Donmai.Core.Daemon.Yaml;

/// <summary>A mapping of keys.</summary>
internal sealed class YamlMapping(IReadOnlyList<YamlEntry> entries) : YamlValue
{
    private const string MergeKey = "<<";

    /// <summary>Its keys, in order.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    /// <summary>Whether it is written in braces.</summary>
    public required bool IsFlow { get; init; }

    /// <inheritdoc/>
    public override int Weight { get; } = 1 + entries.Sum(static entry => 1 + entry.Value.Weight);

    /// <inheritdoc/>
    public override int Height { get; } = 1 + entries.Select(static entry => entry.Value.Height).DefaultIfEmpty().Max();

    /// <summary>The key as it is written here.</summary>
    public YamlEntry? Own(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key);

    /// <summary>The key as it is written here, or in a mapping that is merged into this one (<c>&lt;&lt;: *base</c>).</summary>
    public YamlEntry? Find(string key) =>
        Own(key) ?? Merged().Select(merged => merged.Find(key)).FirstOrDefault(static entry => entry is not null);

    /// <summary>All keys, those that are merged in included.</summary>
    public IEnumerable<YamlEntry> All() =>
        Entries.Where(static entry => entry.Key.Text != MergeKey)
            .Concat(Merged().SelectMany(static merged => merged.All()))
            .DistinctBy(static entry => entry.Key.Text);

    private IEnumerable<YamlMapping> Merged() => Own(MergeKey)?.Value.Resolved switch
    {
        YamlMapping single => [single],
        YamlSequence several => several.Items.Select(static item => item.Resolved).OfType<YamlMapping>(),
        _ => [],
    };
}
