using Orleans.Concurrency;

namespace Donmai.Platform;

/// <summary>Fetches work of one machine and hands it over to its spawner (platform-api.md §7, §8). Key: the machine id.</summary>
[Alias("donmai.IPollGrain")]
public interface IPollGrain : IGrainWithStringKey
{
    /// <summary>
    /// Begins to poll: at once, then every interval; not while no work would be accepted (platform-api.md §7.2). Returns before the first answer;
    /// repeating it is harmless. Without a platform it looks into the queue of a <c>file://</c> orchestrator, if there is one.
    /// </summary>
    [Alias("Begin")]
    Task Begin();

    /// <summary>Polls no more. Work that was fetched is handed over or given back. Repeating it is harmless.</summary>
    [Alias("End")]
    Task End();

    /// <summary>Work would be accepted again: polls without waiting for the next time.</summary>
    [Alias("PollSoon"), AlwaysInterleave]
    Task PollSoon();

    /// <summary>How polling fares.</summary>
    [Alias("Standing"), AlwaysInterleave]
    Task<PollStanding> Standing();

    /// <summary>
    /// The token that the platform has lent for a repository (platform-api.md §7.1); <see langword="null"/> when it has lent none that is still good.
    /// Secret: it is nowhere but in memory.
    /// </summary>
    /// <param name="cloneSource">What git is told to clone.</param>
    [Alias("GitToken"), AlwaysInterleave]
    Task<string?> GitToken(string cloneSource);
}
