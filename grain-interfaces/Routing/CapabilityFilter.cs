namespace Donmai.Routing;

/// <summary>A configured demand on candidates (routing.md §1.3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.CapabilityFilter")]
public sealed record CapabilityFilter
{
    /// <summary>The capability, e.g. <c>os</c>, <c>arch</c>, <c>region</c>.</summary>
    [Id(0)] public string Field { get; init; } = "";

    /// <summary><c>eq</c>, <c>in</c>, <c>lte</c> or <c>gte</c>.</summary>
    [Id(1)] public string Op { get; init; } = "";

    /// <summary>What it is compared with, as text; a list is separated by commas.</summary>
    [Id(2)] public string Value { get; init; } = "";
}
