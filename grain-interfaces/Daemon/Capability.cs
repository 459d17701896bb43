namespace Donmai.Daemon;

/// <summary>A kind of work the machine can do (control-api.md §4.14).</summary>
[GenerateSerializer, Immutable, Alias("donmai.Capability")]
public sealed record Capability
{
    /// <summary>Its name, e.g. <c>npm</c>.</summary>
    [Id(0)] public string Kind { get; init; } = "";
}
