using Orleans.Concurrency;

namespace Donmai.Platform;

/// <summary>
/// The registration of one machine at its orchestrator: worker id and runtime token (platform-api.md §2–§5, §13). The only place that registers or
/// refreshes. Key: the machine id.
/// </summary>
[Alias("donmai.IRegistrationGrain")]
public interface IRegistrationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Decides how the daemon stands to its orchestrator: a stub, and the registration of an earlier start, are in force when this returns; a new one
    /// is asked for in the background, again and again while the orchestrator is away, and heartbeat and poll are told of it. Repeating it is harmless.
    /// </summary>
    [Alias("Begin")]
    Task Begin();

    /// <summary>No further step is taken by itself; the credentials stay, for the sessions that still run.</summary>
    [Alias("End"), AlwaysInterleave]
    Task End();

    /// <summary>
    /// The credentials in force, for every call anew; <see langword="null"/> while there are none: before the first registration, without an
    /// orchestrator, after <see cref="Forget"/>. A stub has some, which nobody accepts.
    /// </summary>
    [Alias("Credentials"), AlwaysInterleave]
    Task<PlatformCredentials?> Credentials();

    /// <summary>
    /// Makes credentials good after a 401 or 404 of heartbeat or poll (platform-api.md §5). One at a time: whoever comes with credentials that have been
    /// replaced meanwhile is given those in force. Never an error: what failed is in the answer, and the credentials stay as they are.
    /// </summary>
    /// <param name="rejection">What was refused.</param>
    [Alias("Recover"), ResponseTimeout("00:02:00")]
    Task<PlatformRecovery> Recover(PlatformRejection rejection);

    /// <summary>How the daemon stands to its orchestrator; never a token.</summary>
    [Alias("Standing"), AlwaysInterleave]
    Task<PlatformStanding> Standing();

    /// <summary>Registers anew now, whatever the cache holds. A failure is in the answer (<see cref="PlatformStanding.LastError"/>).</summary>
    [Alias("Register"), ResponseTimeout("00:02:00")]
    Task<PlatformStanding> Register();

    /// <summary>Wipes the credentials and their cache; nothing is registered again before <see cref="Register"/> or the next start.</summary>
    /// <returns>Whether there was anything to wipe.</returns>
    [Alias("Forget"), ResponseTimeout("00:02:00")]
    Task<bool> Forget();

    /// <summary>
    /// The configuration has changed: another orchestrator or token is a registration of its own, and one that was refused or is away is tried at once.
    /// </summary>
    [Alias("Reconsider"), ResponseTimeout("00:02:00")]
    Task Reconsider();
}
