using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary>Waits until a daemon that drains or stops has done so, and shows how many sessions are left.</summary>
/// <param name="client">The daemon.</param>
/// <param name="screen">Where it is shown.</param>
/// <param name="clock">Source of waiting.</param>
internal sealed class DrainWait(DonmaiClient client, IScreen screen, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly long _begun = clock.GetTimestamp();
    private int? _left;

    /// <summary>Waits for the end, or for an interrupt.</summary>
    /// <param name="interrupted">Ends the waiting.</param>
    /// <param name="cancellationToken">Ends it, too.</param>
    /// <returns>Whether the daemon has come to rest.</returns>
    public async Task<bool> Until(Task interrupted, CancellationToken cancellationToken)
    {
        var last = await screen.While(Shown, () => Watch(interrupted, cancellationToken));
        screen.Write(last is { } state
            ? Line.Of(($"{state} after {Amounts.Duration(clock.GetElapsedTime(_begun))}", DaemonStates.ToneOf(state)))
            : Line.Of(("the daemon goes on with it; 'donmai daemon resume' takes work again", Tone.Warning)));
        return last is not null;
    }

    private async Task<string?> Watch(Task interrupted, CancellationToken cancellationToken)
    {
        while (!interrupted.IsCompleted)
        {
            if (await Ask(cancellationToken) is not { } status)
                return "stopped";
            if (DaemonStates.IsSettled(status.Status))
                return status.Status;
            Tell(status.ActiveSessions);
            await Task.WhenAny(interrupted, Task.Delay(Pause, clock, cancellationToken));
        }

        return null;
    }

    private void Tell(int left)
    {
        if (left == _left)
            return;
        _left = left;
        screen.Write(Line.Of((left == 0 ? "no session is left" : $"{Amounts.Of(left, "session")} left", Tone.Quiet)));
    }

    private string Shown() =>
        _left is > 0 and { } left ? $"waiting for {Amounts.Of(left, "session")}, {Amounts.Duration(clock.GetElapsedTime(_begun))}" : "waiting for the daemon";

    // A daemon that has ended answers no more; one that ends may break off an answer.
    private async Task<DaemonStatus?> Ask(CancellationToken cancellationToken)
    {
        try
        {
            return await client.Status(cancellationToken);
        }
        catch (DaemonUnreachableException)
        {
            return null;
        }
    }
}
