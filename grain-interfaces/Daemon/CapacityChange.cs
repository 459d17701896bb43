namespace Donmai.Daemon;

/// <summary>A setting to change while the daemon runs (control-api.md §4.6).</summary>
[GenerateSerializer, Immutable, Alias("donmai.CapacityChange")]
public sealed record CapacityChange
{
    /// <summary>Name of the setting.</summary>
    [Id(0)] public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>Decimal integer as text.</summary>
    [Id(1)] public string Value { get; init => field = value ?? ""; } = "";
}
