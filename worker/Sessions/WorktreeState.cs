using System.Text.Json.Serialization;
using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary><c>state.json</c> of a work tree (worker.md §2.7): whose tree it is and how far the session is. Empty members are omitted.</summary>
internal sealed record WorktreeState
{
    // A document without the member must not make it null.
    public string IssueId { get; init => field = value ?? ""; } = "";
    public string IssueIdentifier { get; init => field = value ?? ""; } = "";
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SessionId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ProviderName { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ProviderSessionId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorkType { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CurrentStep { get; init; }
    public int AttemptCount { get; init; }
    public long StartedAt { get; init; }
    public long LastUpdatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long LastHeartbeat { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorkerId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Pid { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int ProcessGroup { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ExitReason { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Branch { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? BaseRef { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? BaseSha { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RemoteBranchSha { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? DefaultBranch { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Turns { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public AgentCost? CostTotals { get; init; }

    /// <summary>Whether the worker that wrote it ended without a word while its agent worked.</summary>
    [JsonIgnore] public bool WasInterrupted => ExitReason is null && CurrentStep is SessionPhase.Running or SessionPhase.Spawning or SessionPhase.Evaluating;
}
