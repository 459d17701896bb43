using Orleans.Concurrency;

namespace Donmai.Platform;

/// <summary>The heartbeat of one machine (platform-api.md §6). Key: the machine id.</summary>
[Alias("donmai.IHeartbeatGrain")]
public interface IHeartbeatGrain : IGrainWithStringKey
{
    /// <summary>The heartbeat composed last; zero values when none was (control-api.md §4.12).</summary>
    [Alias("Last"), AlwaysInterleave]
    Task<Heartbeat> Last();

    /// <summary>Standing at the orchestrator (control-api.md §4.3).</summary>
    [Alias("Standing"), AlwaysInterleave]
    Task<RegistrationStats> Standing();

    /// <summary>
    /// Begins to beat: the first beat at once, then one every interval (platform-api.md §6.1). Returns before the first one is answered; repeating
    /// it is harmless. Without a platform, and with a stub, the local payload is composed and nothing is sent.
    /// </summary>
    [Alias("Begin")]
    Task Begin();

    /// <summary>Sends one last beat and beats no more; a beat under way is waited for, 5 s at most. Repeating it is harmless.</summary>
    [Alias("End")]
    Task End();

    /// <summary>Something has changed that the platform should hear of at once: one more beat as soon as no other is under way.</summary>
    [Alias("BeatSoon"), AlwaysInterleave]
    Task BeatSoon();

    /// <summary>How the beats fare, and what the platform said in its answers.</summary>
    [Alias("Beats"), AlwaysInterleave]
    Task<HeartbeatStanding> Beats();
}
