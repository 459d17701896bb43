using System.Text.Json.Serialization;

namespace Donmai.Platform;

/// <summary>What the orchestrator says about this host (control-api.md §4.3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.HostStatusDetail")]
public sealed record HostStatusDetail
{
    /// <summary><c>ok</c>, <c>pool_deleted</c>, <c>pool_draining</c>, <c>pool_disabled</c> or <c>unauthorized</c>.</summary>
    [Id(0)] public string Status { get; init; } = "";

    /// <summary>What to do about it.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RecommendedAction { get; init; }

    /// <summary>Pools the host could join instead.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<string>? CandidatePoolIds { get; init; }
}
