using Donmai.Daemon;
using Donmai.Silo.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary>A daemon that lives as long as its command: until signals, the control API or a failure end it (control-api.md §5).</summary>
internal static class ForegroundDaemon
{
    /// <summary>Runs it.</summary>
    /// <param name="options">What it starts from.</param>
    /// <param name="interrupts">The signals.</param>
    /// <param name="keepSessions">Whether a signal leaves its sessions running.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(DaemonHostOptions options, Interrupts interrupts, bool keepSessions, CancellationToken cancellationToken)
    {
        if (await Start(options, interrupts, cancellationToken) is not { } daemon)
            return ExitCode.Done;
        await using (daemon)
            return await UntilItEnds(daemon, interrupts, keepSessions);
    }

    /// <summary>One that is asked to end before it runs gives its start up; it has no sessions of its own to wait for yet.</summary>
    private static async Task<DaemonHost?> Start(DaemonHostOptions options, Interrupts interrupts, CancellationToken cancellationToken)
    {
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var starting = DaemonHost.Start(options, givenUp.Token);
        if (await Task.WhenAny(starting, interrupts.First) != starting)
            await givenUp.CancelAsync();
        try
        {
            return await starting;
        }
        catch (OperationCanceledException) when (interrupts.First.IsCompleted)
        {
            return null;
        }
    }

    /// <summary>The first signal asks the daemon to wait for its sessions and to end, the second to end at once.</summary>
    private static async Task<int> UntilItEnds(DaemonHost daemon, Interrupts interrupts, bool keepSessions)
    {
        if (await Task.WhenAny(daemon.Finished, interrupts.First) != daemon.Finished)
            await daemon.BeginStop(new DaemonStopRequest { KeepSessions = keepSessions, Reason = "a signal asked the daemon to end" });
        if (await Task.WhenAny(daemon.Finished, interrupts.Second) != daemon.Finished)
            await daemon.BeginStop(new DaemonStopRequest { Immediately = true });
        return await daemon.Finished;
    }
}
