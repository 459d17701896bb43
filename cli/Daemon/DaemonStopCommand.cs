using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Core.Daemon.Service;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon stop</c>: the daemon waits for its sessions and ends (control-api.md §5).</summary>
internal static class DaemonStopCommand
{
    private const string Reason = "the daemon was stopped";

    private const string Notes =
        """
        The daemon takes no new work, waits for its sessions (at most autoUpdate.drainTimeoutSeconds, then it ends them), and
        ends. Sessions of a service that was installed with --keep-sessions go on instead. Interrupting this command does not
        take the stop back.
        """;

    private static readonly Option<bool> KeepSessions = new("--keep-sessions") { Description = "Leave the sessions running; the next start finds them again." };

    private static readonly Option<bool> Now = new("--now") { Description = "End the sessions instead of waiting for them." };

    public static Command Create()
    {
        var command = new NotedCommand("stop", "Stop the daemon, as soon as its sessions have ended.", Notes)
        {
            KeepSessions, Now, ServiceVerbs.NoWait, VerbOptions.DaemonUrl, VerbOptions.StateDir, VerbOptions.Json,
        };
        command.Validators.Add(static result =>
        {
            if (result.GetValue(KeepSessions) && result.GetValue(Now))
                result.AddError("--keep-sessions leaves the sessions running, --now ends them: only one of them can be meant.");
        });
        return command.Does(Stop);
    }

    private static async Task<int> Stop(ParseResult parsed, CancellationToken cancellationToken)
    {
        var named = RunningDaemon.NamedBy(parsed);
        var service = RunningDaemon.IsNamed(named) ? null : await Active(cancellationToken);
        var address = RunningDaemon.IsNamed(named) ? named : await RunningDaemon.Find(static _ => true, cancellationToken);
        if (address is null && service is null && !RunningDaemon.IsNamed(named))
            return await Say(parsed, new DaemonStopReport { WasRunning = false, Ended = true });

        using var client = new DonmaiClient(address ?? (RunningDaemon.IsNamed(named) ? null : RunningDaemon.UsualPlace));
        var running = service is null ? await client.Status(cancellationToken) : await RunningDaemon.Look(client, cancellationToken);
        var keeps = parsed.GetValue(KeepSessions) || service is { State.KeepsSessions: true } && !parsed.GetValue(Now);
        if (keeps && service is { State.KeepsSessions: false })
            throw new CommandFailureException(
                $"{service.Value.State.Keeper} ends the sessions with this service; install it with 'donmai daemon install --keep-sessions' to have them go on.");

        var report = new DaemonStopReport { WasRunning = true, Ended = !parsed.GetValue(ServiceVerbs.NoWait), Pid = running?.Pid };
        if (running is null)
        {
            // Started, but it does not answer yet, or not any more.
            await service!.Value.Service.Stop(report.Ended, cancellationToken);
            return await Say(parsed, report);
        }

        var progress = new StopProgress(client, running, waits: !keeps && !parsed.GetValue(Now), TimeProvider.System);
        await Begin(parsed, client, service?.Service, keeps, cancellationToken);
        if (report.Ended)
            await progress.Show(parsed.GetValue(VerbOptions.Json) ? new NoScreen() : Screen.For(parsed), cancellationToken);
        return await Say(parsed, report with { SessionsKept = keeps ? progress.Sessions : 0 });
    }

    // A signal to a service that keeps its sessions would keep them now, too.
    private static async Task Begin(ParseResult parsed, DonmaiClient client, IDaemonService? service, bool keeps, CancellationToken cancellationToken)
    {
        var now = parsed.GetValue(Now);
        if (service is null || now)
            await client.StopDaemon(keeps, cancellationToken);
        else
            await service.Stop(wait: false, cancellationToken);
        if (now)
            await EndSessions(client, cancellationToken);
    }

    private static async Task EndSessions(DonmaiClient client, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var session in await client.Sessions(all: false, cancellationToken))
                await client.Stop(session.SessionId, Reason, immediately: true, cancellationToken);
        }
        catch (DaemonUnreachableException)
        {
            // It has nothing to wait for any more.
        }
    }

    private static async Task<(IDaemonService Service, ServiceState State)?> Active(CancellationToken cancellationToken) =>
        await ServiceVerbs.Installed(cancellationToken) is { State.Active: true } service ? service : null;

    private static async Task<int> Say(ParseResult parsed, DaemonStopReport report)
    {
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.WriteOwn(parsed.InvocationConfiguration.Output, report);
            return ExitCode.Done;
        }

        var screen = Screen.For(parsed);
        if (!report.WasRunning)
            screen.Write(Line.Of(("No daemon runs.", Tone.Plain)));
        else
            screen.Write(Line.Of(
                (report.Ended ? "stopped" : "stopping", Tone.Good),
                (report.SessionsKept > 0 ? $"; {Amounts.Of(report.SessionsKept, "session")} left running" : "", Tone.Plain)));
        return ExitCode.Done;
    }
}
