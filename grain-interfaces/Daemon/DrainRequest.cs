using System.Text.Json.Serialization;

namespace Donmai.Daemon;

/// <summary>What a drain is asked to do (control-api.md §4.4).</summary>
[GenerateSerializer, Immutable, Alias("donmai.DrainRequest")]
public sealed record DrainRequest
{
    /// <summary>Longest wait in seconds; 0 or absent means <c>autoUpdate.drainTimeoutSeconds</c>.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? TimeoutSeconds { get; init; }

    /// <summary>What follows: <c>pause</c> (default), <c>stop</c> or <c>none</c>.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Then { get; init; }
}
