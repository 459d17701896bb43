using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>The <c>exit.json</c> a worker leaves as its very last act (worker.md §1.8).</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkerExitRecord")]
public sealed record WorkerExitRecord
{
    /// <summary>Version of this record; 1.</summary>
    [Id(0)] public int Schema { get; init; } = 1;

    /// <summary>The session's id.</summary>
    [Id(1)] public string SessionId { get; init; } = "";

    /// <summary>Which attempt of the session this was, from 1.</summary>
    [Id(2)] public int Attempt { get; init; } = 1;

    /// <summary>Process id of the worker.</summary>
    [Id(3)] public int Pid { get; init; }

    /// <summary>When the worker was started.</summary>
    [Id(4)] public DateTimeOffset ProcessStartTime { get; init; }

    /// <summary>When it wrote this record.</summary>
    [Id(5)] public DateTimeOffset EndedAt { get; init; }

    /// <summary>The exit code it is about to end with (worker.md §1.7).</summary>
    [Id(6)] public int ExitCode { get; init; }

    /// <summary><c>completed</c>, <c>failed</c> or <c>stopped</c>.</summary>
    [Id(7)] public string Status { get; init; } = "";

    /// <summary>Failure class (worker.md §2.5); empty when completed.</summary>
    [Id(8)] public string FailureMode { get; init; } = "";

    /// <summary>Typed cause of the end (worker.md §2.4), e.g. <c>agent-completed</c>.</summary>
    [Id(9)] public string ExitReason { get; init; } = "";

    /// <summary>What went wrong, in words; empty when completed.</summary>
    [Id(10)] public string Error { get; init; } = "";

    /// <summary>Requests to the platform that are still to be delivered.</summary>
    [Id(11)] public int OutboxPending { get; init; }

    /// <summary>The git work tree.</summary>
    [Id(12)] public string WorktreePath { get; init; } = "";

    /// <summary>Whether the work tree is still there.</summary>
    [Id(13)] public bool WorktreeKept { get; init; }

    /// <summary>The provider's own session id.</summary>
    [Id(14)] public string ProviderSessionId { get; init; } = "";

    /// <summary>Agent processes that could not be ended.</summary>
    [Id(15)] public int AgentsAlive { get; init; }

    /// <summary>What the platform has acknowledged; <see langword="null"/> for a session without one.</summary>
    [Id(17), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TerminalPosted? TerminalPosted { get; init; }

    /// <summary>The session's result (worker.md §1.7), additive.</summary>
    [Id(16), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public SessionResult? Result { get; init; }
}
