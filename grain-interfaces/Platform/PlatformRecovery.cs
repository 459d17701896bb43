namespace Donmai.Platform;

/// <summary>What came of a recovery (platform-api.md §5.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.PlatformRecovery")]
public sealed record PlatformRecovery
{
    /// <summary><see cref="Mode"/>: the token was replaced, the worker id is the same.</summary>
    public const string Refreshed = "refresh";

    /// <summary><see cref="Mode"/>: the machine was registered anew.</summary>
    public const string Reregistered = "reregister";

    /// <summary><see cref="Mode"/>: the refused credentials had been replaced already.</summary>
    public const string Adopted = "adopted";

    /// <summary><see cref="Mode"/>: nothing changed; the next tick tries again.</summary>
    public const string Failed = "failed";

    /// <summary><see cref="Refreshed"/>, <see cref="Reregistered"/>, <see cref="Adopted"/> or <see cref="Failed"/>.</summary>
    [Id(0)] public required string Mode { get; init; }

    /// <summary><c>runtime-token-expired</c>, <c>unauthorized</c>, <c>worker-not-found</c> or <c>auth-failure</c>.</summary>
    [Id(1)] public required string Reason { get; init; }

    /// <summary>The credentials to repeat the call with; <see langword="null"/> when the recovery failed.</summary>
    [Id(2)] public PlatformCredentials? Credentials { get; init; }

    /// <summary>Whether the worker id is another than the refused one: the whole allowlist is due.</summary>
    [Id(3)] public bool WorkerIdChanged { get; init; }

    /// <summary>Why the recovery failed, for people; <see langword="null"/> when it did not.</summary>
    [Id(4)] public string? Error { get; init; }
}
