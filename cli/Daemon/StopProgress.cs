using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Core.Daemon.Service;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary>Looks on while a daemon stops, and knows when it has gone.</summary>
/// <param name="client">The daemon.</param>
/// <param name="before">How it was when the stop began.</param>
/// <param name="waits">Whether the daemon waits for its sessions, rather than leaving or ending them.</param>
/// <param name="clock">Time of the looking.</param>
internal sealed class StopProgress(DonmaiClient client, DaemonStatus before, bool waits, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private int _sessions = before.ActiveSessions;
    private bool _isSilent;

    /// <summary>Sessions as last seen.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    /// <summary>Shows what is left until the daemon has gone.</summary>
    public Task Show(IScreen screen, CancellationToken cancellationToken) => Show(screen, Gone, cancellationToken);

    /// <summary>Shows what is left while <paramref name="work"/> goes on.</summary>
    public async Task Show(IScreen screen, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        if (waits && _sessions > 0)
            screen.Write(Line.Of(($"waiting for {Amounts.Of(_sessions, "session")}; 'donmai daemon stop --now' ends them", Tone.Quiet)));
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await screen.While(Status, async () =>
        {
            var watching = Watch(looking.Token);
            await work(cancellationToken);
            await looking.CancelAsync();
            await watching;
            return true;
        });
    }

    /// <summary>Waits until the daemon has gone: it does not answer, and its process is not there.</summary>
    public async Task Gone(CancellationToken cancellationToken)
    {
        while (!Volatile.Read(ref _isSilent) || IsHere())
            await Task.Delay(Pause, clock, cancellationToken);
    }

    private string Status() => Volatile.Read(ref _isSilent)
        ? "the daemon ends"
        : Sessions == 0 || !waits ? "the daemon stops" : $"{Amounts.Of(Sessions, "session")} left";

    // A process id means something only on its own machine.
    private bool IsHere() => (client.Address.IsFile || client.Address.Scheme == "unix" || client.Address.IsLoopback) && DaemonProcess.IsRunning(before.Pid);

    private async Task Watch(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var status = await client.Status(cancellationToken);
                if (status.Pid != before.Pid)
                    Volatile.Write(ref _isSilent, true);
                else
                    Volatile.Write(ref _sessions, status.ActiveSessions);
                await Task.Delay(Pause, clock, cancellationToken);
            }
            catch (DonmaiClientException)
            {
                Volatile.Write(ref _isSilent, true);
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
