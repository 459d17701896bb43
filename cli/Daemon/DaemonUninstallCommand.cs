using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Service;
using Donmai.Core.Platform;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon uninstall</c>: no service any more (daemon-runtime.md §14).</summary>
internal static class DaemonUninstallCommand
{
    private static readonly Option<string?> StateDir = new("--state-dir") { Description = "State directory of the service; otherwise DONMAI_STATE_HOME, then ~/.donmai.", HelpName = "DIR" };

    public static Command Create() =>
        new Command("uninstall", "Stop the service and remove it; the state directory stays.") { ServiceVerbs.System, StateDir, VerbOptions.Json }.Does(Uninstall);

    private static async Task<int> Uninstall(ParseResult parsed, CancellationToken cancellationToken)
    {
        var programs = ServicePrograms.OfThisProcess();
        var (service, account) = await Meant(parsed, programs, cancellationToken);
        var screen = parsed.GetValue(VerbOptions.Json) ? new NoScreen() : Screen.For(parsed);
        var given = parsed.GetValue(StateDir) is { Length: > 0 } directory ? directory : programs.Variable(StateDirectoryResolver.OverrideVariable);
        var state = new StateDirectoryResolver(account.Home, given).Resolve().WithRegistration(programs.Variable("DONMAI_" + DaemonSetup.RegistrationVariable));

        var before = await service.State(cancellationToken);
        var removed = await Remove(service, before, state, screen, cancellationToken);
        if (RegistrationCache.Delete(state, out _) is { } warning)
            await parsed.InvocationConfiguration.Error.WriteLineAsync("donmai: " + warning);

        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.WriteOwn(parsed.InvocationConfiguration.Output, await service.State(cancellationToken));
        else
            screen.Write(removed ? Line.Of(("removed ", Tone.Plain), (before.Path, Tone.Name)) : Line.Of(("not registered", Tone.Plain)));
        return ExitCode.Done;
    }

    private static async Task<(IDaemonService, ServiceAccount)> Meant(ParseResult parsed, ServicePrograms programs, CancellationToken cancellationToken)
    {
        var scope = parsed.GetValue(ServiceVerbs.System) ? ServiceScope.System
            : (await DaemonServices.Installed(programs, TimeProvider.System, cancellationToken))?.State.Scope ?? ServiceScope.User;
        var account = await ServiceAccount.Of(scope, programs, cancellationToken);
        return (DaemonServices.Of(scope, account, programs, TimeProvider.System), account);
    }

    private static async Task<bool> Remove(
        IDaemonService service, ServiceState before, StateDirectory state, IScreen screen, CancellationToken cancellationToken)
    {
        using var client = new DonmaiClient(ControlEndpoint.SocketScheme + state.Socket);
        if (!before.Active || !File.Exists(state.Socket) || await RunningDaemon.Look(client, cancellationToken) is not { } running)
            return await service.Uninstall(cancellationToken);

        var removed = false;
        await new StopProgress(client, running, waits: !before.KeepsSessions, TimeProvider.System)
            .Show(screen, async token => removed = await service.Uninstall(token), cancellationToken);
        return removed;
    }
}
