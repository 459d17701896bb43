using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Donmai.Platform;

/// <summary>What a call to the orchestrator is made with (platform-api.md §2). Holds a secret: never written to state, never logged.</summary>
[GenerateSerializer, Immutable, Alias("donmai.PlatformCredentials")]
public sealed record PlatformCredentials
{
    /// <summary>Id that the orchestrator gave to this machine.</summary>
    [Id(0)] public required string WorkerId { get; init; }

    /// <summary>Runtime token; secret. It is not looked into, except for its expiry.</summary>
    [Id(1)] public required string RuntimeToken { get; init; }

    /// <summary>Base URL of the orchestrator, without a <c>/</c> at its end.</summary>
    [Id(2)] public required string PlatformUrl { get; init; }

    /// <summary>Whether they come from no orchestrator: nothing may be sent with them (platform-api.md §13).</summary>
    [Id(3)] public bool IsStub { get; init; }

    /// <summary>Milliseconds between heartbeats as the orchestrator wants them; 0 or less for the default.</summary>
    [Id(4)] public int HeartbeatIntervalMs { get; init; }

    /// <summary>Milliseconds between polls as the orchestrator wants them; 0 or less for the default.</summary>
    [Id(5)] public int PollIntervalMs { get; init; }

    /// <summary>When the token expires; <see langword="null"/> when nobody says.</summary>
    [Id(6)] public DateTimeOffset? ExpiresAt { get; init; }

    // The text of a record has all its members, and the token must not get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(WorkerId)).Append(" = ").Append(WorkerId);
        return true;
    }
}
