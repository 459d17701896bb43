using System.Text.Json.Serialization;

namespace Donmai.Daemon;

/// <summary>What the machine can do (control-api.md §4.14).</summary>
[GenerateSerializer, Immutable, Alias("donmai.CapabilityList")]
public sealed record CapabilityList
{
    /// <summary>In the order of the specification; empty before start.</summary>
    [Id(0)] public List<Capability> Provides { get; init; } = [];

    /// <summary>When this was answered.</summary>
    [Id(1), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset Timestamp { get; init; }
}
