namespace Donmai.Sessions;

/// <summary>How a session's process ended.</summary>
[GenerateSerializer, Immutable, Alias("donmai.ProcessExit")]
public sealed record ProcessExit
{
    /// <summary>Exit code; <see langword="null"/> when it ended by a signal or nobody could record it.</summary>
    [Id(0)] public int? ExitCode { get; init; }

    /// <summary>Signal number that ended it; <see langword="null"/> when it exited by itself or nobody could record it.</summary>
    [Id(1)] public int? Signal { get; init; }

    /// <summary>When it ended, or when its end was found.</summary>
    [Id(2)] public DateTimeOffset EndedAt { get; init; }

    /// <summary>Nobody recorded how it ended (architecture.md §5: <c>outcome unknown</c>).</summary>
    [Id(3)] public bool OutcomeUnknown { get; init; }

    /// <summary>The worker's own exit record, when it left one (worker.md §1.8).</summary>
    [Id(4)] public WorkerExitRecord? Record { get; init; }

    /// <summary>The program could not be started; the system's reason.</summary>
    [Id(5)] public string? StartError { get; init; }

    /// <summary>The process that ended, when there was one: ends of another process of the same session id are told apart by it.</summary>
    [Id(6)] public ProcessIdentity? Process { get; init; }
}
