using System.CommandLine;
using Donmai.Cli.Rendering;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon start</c>: starts the service.</summary>
internal static class DaemonStartCommand
{
    public static Command Create() =>
        new Command("start", "Start the service ('donmai daemon install' makes one).") { ServiceVerbs.NoWait, VerbOptions.Json }.Does(Start);

    private static async Task<int> Start(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (service, before) = await ServiceVerbs.MustBeInstalled(cancellationToken);
        var screen = parsed.GetValue(VerbOptions.Json) ? new NoScreen() : Screen.For(parsed);
        if (!before.Active)
            await service.Start(cancellationToken);
        var daemon = parsed.GetValue(ServiceVerbs.NoWait)
            ? null
            : await new StartProgress(service, TimeProvider.System).Show(screen, socket: null, cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.WriteOwn(parsed.InvocationConfiguration.Output, await service.State(cancellationToken));
        else
            screen.Write(Line.Of(
                (before.Active ? "runs already" : "started", Tone.Good), (daemon is null ? "" : $": {daemon.Status}, process {daemon.Pid}", Tone.Plain)));
        return ExitCode.Done;
    }
}
