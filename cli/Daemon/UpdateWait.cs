using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary>Waits for the outcome of an update, over the restart that it may bring.</summary>
/// <param name="client">The daemon.</param>
/// <param name="screen">Where the waiting is shown.</param>
/// <param name="clock">Source of waiting.</param>
internal sealed class UpdateWait(DonmaiClient client, IScreen screen, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A service starts the daemon again within seconds.
    private static readonly TimeSpan RestartLimit = TimeSpan.FromMinutes(2);

    private string _doing = "looking for a new version";

    /// <summary>Waits.</summary>
    /// <param name="before">Outcome of the update before.</param>
    /// <param name="interrupted">Ends the waiting.</param>
    /// <param name="cancellationToken">Ends it, too.</param>
    /// <returns>The outcome; <see langword="null"/> after an interrupt.</returns>
    /// <exception cref="CommandFailureException">The daemon did not come back.</exception>
    public Task<UpdateOutcome?> Until(UpdateOutcome? before, Task interrupted, CancellationToken cancellationToken) =>
        screen.While(() => _doing, () => Watch(before, interrupted, cancellationToken));

    private async Task<UpdateOutcome?> Watch(UpdateOutcome? before, Task interrupted, CancellationToken cancellationToken)
    {
        long? goneSince = null;
        while (!interrupted.IsCompleted)
        {
            try
            {
                var status = await client.Status(cancellationToken);
                goneSince = null;
                _doing = status is { Status: "updating", ActiveSessions: > 0 } ? $"waiting for {Amounts.Of(status.ActiveSessions, "session")}" : "updating";
                if (DaemonStates.IsSettled(status.Status) && (await client.Doctor(cancellationToken)).LastUpdate is { } last && last != before)
                    return last;
            }
            catch (Exception gone) when (gone is DaemonUnreachableException or UnavailableException)
            {
                _doing = "waiting for the restart";
                goneSince ??= clock.GetTimestamp();
                if (clock.GetElapsedTime(goneSince.Value) > RestartLimit)
                    throw new CommandFailureException("The daemon went away for its update and did not come back; start it with 'donmai daemon start' or 'donmai daemon run'.");
            }

            await Task.WhenAny(interrupted, Task.Delay(Pause, clock, cancellationToken));
        }

        return null;
    }
}
