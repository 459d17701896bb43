using Donmai.Sessions;

namespace Donmai.Platform;

/// <summary>What is known of a session of a platform whose worker has ended: enough to report it in the worker's place (worker.md §1.8 rule 2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionLeavings")]
public sealed record SessionLeavings
{
    /// <summary>The session.</summary>
    [Id(0)] public required string SessionId { get; init; }

    /// <summary>Its record directory.</summary>
    [Id(1)] public required string RecordPath { get; init; }

    /// <summary>The worker's own account; <see langword="null"/> when it left none.</summary>
    [Id(2)] public WorkerExitRecord? Record { get; init; }

    /// <summary>How it ended as the daemon sees it: <c>completed</c>, <c>failed</c> or <c>stopped</c>.</summary>
    [Id(3)] public string Status { get; init; } = "";

    /// <summary>Why, in words; empty when it completed.</summary>
    [Id(4)] public string Reason { get; init; } = "";

    /// <summary>What was asked for when it was asked to stop; <see langword="null"/> when nobody asked.</summary>
    [Id(5)] public string? StopMode { get; init; }

    /// <summary>When it was accepted.</summary>
    [Id(6)] public DateTimeOffset AcceptedAt { get; init; }
}
