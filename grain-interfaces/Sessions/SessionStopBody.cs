using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>Body of <c>POST /api/daemon/sessions/{sessionId}/stop</c> (control-api.md §4.11).</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionStopBody")]
public sealed record SessionStopBody
{
    /// <summary>Why, in words; optional.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Reason { get; init; }

    /// <summary>Whether to end the process tree without the grace period. Additive to the published API.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool Immediately { get; init; }
}
