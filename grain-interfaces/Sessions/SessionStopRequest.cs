namespace Donmai.Sessions;

/// <summary>A request to end one session (daemon-runtime.md §15.1).</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionStopRequest")]
public sealed record SessionStopRequest
{
    /// <summary>How the end is classified: <c>operator-cancelled</c>, <c>timeout</c>, <c>drained</c> or <c>no-progress</c>.</summary>
    [Id(0)] public string Mode { get; init; } = SessionStopMode.OperatorCancelled;

    /// <summary>Why, in words.</summary>
    [Id(1)] public string? Reason { get; init; }

    /// <summary>Skip the grace period: end the whole process tree now.</summary>
    [Id(2)] public bool Immediately { get; init; }
}
