using System.Text.Json.Serialization;

namespace Donmai.Worker.Sessions;

/// <summary><c>worker.json</c>: what a daemon needs to find and end the session's processes after the worker was killed (worker.md §1.8).</summary>
internal sealed record WorkerProcessRecord
{
    public required string SessionId { get; init; }
    public required int Pid { get; init; }
    public required DateTimeOffset ProcessStartTime { get; init; }
    public required int WorkerGroup { get; init; }
    public IReadOnlyList<AgentProcessRecord> Agents { get; init; } = [];
    public string Phase { get; init; } = "";
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorktreePath { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ExitReason { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
}
