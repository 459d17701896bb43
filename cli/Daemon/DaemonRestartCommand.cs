using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon restart</c>: stops the service, then starts it.</summary>
internal static class DaemonRestartCommand
{
    public static Command Create() =>
        new Command("restart", "Stop the service, as 'stop' does, and start it again.") { ServiceVerbs.NoWait, VerbOptions.Json }.Does(Restart);

    private static async Task<int> Restart(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (service, before) = await ServiceVerbs.MustBeInstalled(cancellationToken);
        var isJson = parsed.GetValue(VerbOptions.Json);
        var screen = isJson ? new NoScreen() : Screen.For(parsed);
        if (parsed.GetValue(ServiceVerbs.NoWait))
        {
            await service.Restart(wait: false, cancellationToken);
            screen.Write(Line.Of(("restarting", Tone.Plain)));
        }
        else
        {
            await Wait(token => service.Restart(wait: true, token), waits: !before.KeepsSessions, screen, cancellationToken);
            var daemon = await new StartProgress(service, TimeProvider.System).Show(screen, socket: null, cancellationToken);
            screen.Write(Line.Of(("restarted", Tone.Good), ($": {daemon.Status}, process {daemon.Pid}", Tone.Plain)));
        }

        if (isJson)
            await JsonOutput.WriteOwn(parsed.InvocationConfiguration.Output, await service.State(cancellationToken));
        return ExitCode.Done;
    }

    private static async Task Wait(Func<CancellationToken, Task> restart, bool waits, IScreen screen, CancellationToken cancellationToken)
    {
        if (await RunningDaemon.Find(static _ => true, cancellationToken) is not { } address)
        {
            await restart(cancellationToken);
            return;
        }

        using var client = new DonmaiClient(address);
        if (await RunningDaemon.Look(client, cancellationToken) is { } running)
            await new StopProgress(client, running, waits, TimeProvider.System).Show(screen, restart, cancellationToken);
        else
            await restart(cancellationToken);
    }
}
