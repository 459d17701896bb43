using Donmai.Daemon;
using Donmai.Sessions;

namespace Donmai.Core.Platform;

/// <summary>Why work is given back, in words for programs (platform-api.md §8).</summary>
public static class NackReason
{
    /// <summary>The daemon starts or stops.</summary>
    public const string NotRunning = "not-running";

    /// <summary>The daemon is paused.</summary>
    public const string Paused = "paused";

    /// <summary>The daemon waits for its sessions.</summary>
    public const string Draining = "draining";

    /// <summary>Every slot is taken.</summary>
    public const string AtCapacity = "at-capacity";

    /// <summary>The project is not one of the machine's.</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>The session could not be started here.</summary>
    public const string SpawnFailed = "spawn-failed";

    /// <summary>The session runs here already.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The work item cannot be used.</summary>
    public const string Invalid = "invalid";

    private const string Opening = "accept work failed: ";

    /// <summary>The reason of a refusal of the spawner.</summary>
    /// <param name="refusal">Its kind (<see cref="RefusalReason"/>).</param>
    /// <param name="state">What the daemon is doing.</param>
    public static string Of(string refusal, DaemonState state) => refusal switch
    {
        RefusalReason.Invalid => Invalid,
        RefusalReason.Duplicate => Duplicate,
        RefusalReason.AtCapacity => AtCapacity,
        RefusalReason.NotAllowed => NotAllowed,
        RefusalReason.NotAccepting => state switch
        {
            DaemonState.Paused => Paused,
            DaemonState.Running or DaemonState.Draining or DaemonState.Updating => Draining,
            _ => NotRunning,
        },
        _ => SpawnFailed,
    };

    /// <summary>Whether the same work may be welcome a moment later.</summary>
    public static bool IsMomentary(string reason) => reason is NotRunning or Paused or Draining or AtCapacity;

    /// <summary>The reason as it is sent: the word for programs, then the sentence for people.</summary>
    public static string Sentence(string reason, string words) => $"{Opening}{reason}: {words}";
}
