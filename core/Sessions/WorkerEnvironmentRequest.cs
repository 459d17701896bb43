namespace Donmai.Core.Sessions;

/// <summary>What a worker's environment is composed of (daemon-runtime.md §9.3).</summary>
public sealed record WorkerEnvironmentRequest
{
    /// <summary>Layer 1: the daemon's own environment, complete.</summary>
    public required IReadOnlyDictionary<string, string> Daemon { get; init; }

    /// <summary>Layer 2: what the embedding program supplies.</summary>
    public IReadOnlyDictionary<string, string> Supplied { get; init; } = new Dictionary<string, string>();

    /// <summary>Layer 3: the variables of the work item, verbatim.</summary>
    public IReadOnlyDictionary<string, string>? Item { get; init; }

    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>Repository as asked for.</summary>
    public required string Repository { get; init; }

    /// <summary>Branch, tag or commit asked for; may be empty.</summary>
    public required string Ref { get; init; }

    /// <summary>Id of the matched allowlist entry.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The bound address of the control API.</summary>
    public required Uri DaemonUrl { get; init; }

    /// <summary>The session's record directory, absolute.</summary>
    public required string RecordPath { get; init; }

    /// <summary>The step that starts it (W3C <c>traceparent</c>), for the worker to go on in the same trace.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Worker id at the orchestrator, when there is one.</summary>
    public string? WorkerId { get; init; }

    /// <summary>The configured orchestrator, when there is one.</summary>
    public string? OrchestratorUrl { get; init; }
}
