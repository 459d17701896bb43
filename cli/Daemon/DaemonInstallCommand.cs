using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Service;
using Donmai.Core.Platform;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon install</c>: the daemon as a service of the system (daemon-runtime.md §14).</summary>
internal static class DaemonInstallCommand
{
    private const string Notes =
        """
        Registers 'donmai daemon run' with systemd (Linux) or launchd (macOS), and starts it. A daemon that runs already is
        stopped first; its sessions go on with the new one. To change an option, run 'install' again with it; also after a
        change of autoUpdate.drainTimeoutSeconds, which decides how long a stop may take.

        When the service stops, it waits for its sessions; what is left after the drain time is ended, and so are sessions
        of a daemon that dies. With --keep-sessions they go on instead, and the next start finds them again.
        """;

    private static readonly Option<string?> Binary = new("--binary") { Description = "Program to run; otherwise this one.", HelpName = "PATH" };

    private static readonly Option<string?> Config = new("--config") { Description = "Configuration of the service; otherwise DONMAI_DAEMON_CONFIG, then daemon.yaml in its state directory.", HelpName = "FILE" };

    private static readonly Option<string?> StateDir = new("--state-dir") { Description = "State directory of the service; otherwise DONMAI_STATE_HOME, then ~/.donmai.", HelpName = "DIR" };

    private static readonly Option<bool> KeepSessions = new("--keep-sessions") { Description = "Leave sessions running when the service stops or dies." };

    private static readonly Option<bool> Linger = new("--linger") { Description = "Let the service go on when you log out (loginctl enable-linger)." };

    private static readonly Option<bool> Background = new("--background") { Description = "Let macOS slow it down in favour of what you do." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only print the unit file." };

    public static Command Create() =>
        new NotedCommand("install", "Run the daemon as a service: now, and from now on.", Notes)
        {
            ServiceVerbs.System, Binary, Config, StateDir, KeepSessions, Linger, Background, DryRun, ServiceVerbs.NoWait, VerbOptions.Json,
        }.Does(Install);

    private static async Task<int> Install(ParseResult parsed, CancellationToken cancellationToken)
    {
        var programs = ServicePrograms.OfThisProcess();
        var scope = parsed.GetValue(ServiceVerbs.System) ? ServiceScope.System : ServiceScope.User;
        var account = await ServiceAccount.Of(scope, programs, cancellationToken);
        var service = DaemonServices.Of(scope, account, programs, TimeProvider.System);
        var state = StateOf(parsed, account, programs).WithRegistration(programs.Variable("DONMAI_" + DaemonSetup.RegistrationVariable));
        var definition = Definition(parsed, scope, account, state, programs);
        if (parsed.GetValue(DryRun))
            return await Preview(parsed, service, definition, cancellationToken);

        await Check(service, scope, cancellationToken);
        var screen = parsed.GetValue(VerbOptions.Json) ? new NoScreen() : Screen.For(parsed);
        await StopFormer(service, state, screen, cancellationToken);
        if (RegistrationCache.Delete(state, out _) is { } warning)
            await parsed.InvocationConfiguration.Error.WriteLineAsync("donmai: " + warning);
        await service.Install(definition, cancellationToken);
        var lingering = new Lingering(account, programs);
        if (parsed.GetValue(Linger))
            await lingering.Enable(cancellationToken);
        var daemon = parsed.GetValue(ServiceVerbs.NoWait)
            ? null
            : await new StartProgress(service, TimeProvider.System).Show(screen, state.Socket, cancellationToken);

        var outcome = await service.State(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.WriteOwn(parsed.InvocationConfiguration.Output, outcome);
            return ExitCode.Done;
        }

        new Facts()
            .Add("installed", outcome.Path)
            .Add("program", string.Join(' ', definition.Program.Words))
            .Add("state", state.Root)
            .Add("daemon", daemon is null ? outcome.Word : $"{daemon.Status}, process {daemon.Pid}", Tone.Good)
            .WriteTo(screen);
        if (scope is ServiceScope.User && await lingering.EndsAtLogout(cancellationToken) is true)
            screen.Write(Line.Of(("It ends when you log out; 'loginctl enable-linger' lets it go on.", Tone.Warning)));
        return ExitCode.Done;
    }

    // The state of the former product is taken over here, unless nothing is to be done at all, or by root (daemon-runtime.md §1.1).
    private static StateDirectory StateOf(ParseResult parsed, ServiceAccount account, ServicePrograms programs)
    {
        var resolver = new StateDirectoryResolver(account.Home, GivenState(parsed, programs));
        return parsed.GetValue(DryRun) || parsed.GetValue(ServiceVerbs.System)
            ? resolver.Resolve()
            : resolver.ResolveForDaemon((former, present) =>
                parsed.InvocationConfiguration.Error.WriteLine($"donmai: the state of the former product in {former} was copied to {present}"));
    }

    private static ServiceDefinition Definition(
        ParseResult parsed, ServiceScope scope, ServiceAccount account, StateDirectory state, ServicePrograms programs)
    {
        var configuration = Given(parsed.GetValue(Config)) ?? Given(programs.Variable("DONMAI_DAEMON_CONFIG"));
        if (configuration is not null && !File.Exists(configuration))
            throw new CommandFailureException($"There is no configuration file {Path.GetFullPath(configuration)}.");

        // What cannot be used now could not be used by the service either.
        var inForce = DaemonSetup.ConfigurationOf(state, configuration);
        return new ServiceDefinition
        {
            Scope = scope,
            Account = account,
            Program = Given(parsed.GetValue(Binary)) is { } binary ? HostProgram.At(binary, programs) : HostProgram.OfThisProcess(),
            ConfigurationPath = configuration is null ? null : Path.GetFullPath(configuration),
            StateHome = GivenState(parsed, programs) is null ? null : state.Root,
            RegistrationPath = Given(programs.Variable("DONMAI_" + DaemonSetup.RegistrationVariable)) is null ? null : state.Registration,
            RuntimeHome = Given(programs.Variable("DOTNET_ROOT")),
            DrainTimeout = inForce.Update.DrainTimeout,
            KeepSessions = parsed.GetValue(KeepSessions),
            Background = parsed.GetValue(Background),
        };
    }

    private static string? GivenState(ParseResult parsed, ServicePrograms programs) =>
        Given(parsed.GetValue(StateDir)) ?? Given(programs.Variable(StateDirectoryResolver.OverrideVariable));

    private static async Task<int> Preview(ParseResult parsed, IDaemonService service, ServiceDefinition definition, CancellationToken cancellationToken)
    {
        var text = await service.Compose(definition, cancellationToken);
        var output = parsed.InvocationConfiguration.Output;
        if (!parsed.GetValue(VerbOptions.Json))
            await output.WriteAsync(text);
        else
            await JsonOutput.WriteOwn(output, new ServiceText((await service.State(cancellationToken)).Path, text));
        return ExitCode.Done;
    }

    private static async Task Check(IDaemonService service, ServiceScope scope, CancellationToken cancellationToken)
    {
        if (scope is ServiceScope.System && !Environment.IsPrivilegedProcess)
            throw new CommandFailureException("A service of the whole machine is a matter for root: sudo donmai daemon install --system.");
        if ((await service.State(cancellationToken)).Problem is { } problem)
            throw new CommandFailureException(problem);
        if (await ServiceVerbs.Installed(cancellationToken) is { } other && other.State.Scope != scope)
            throw new CommandFailureException(
                $"The daemon is installed as {ServiceVerbs.Named(other.State.Scope)} already ({other.State.Path}); 'donmai daemon uninstall' removes that.");
    }

    // Sessions of a daemon that is nobody's service go on; those of a service end as its unit says.
    private static async Task StopFormer(IDaemonService service, StateDirectory state, IScreen screen, CancellationToken cancellationToken)
    {
        using var client = new DonmaiClient(ControlEndpoint.SocketScheme + state.Socket);
        var running = File.Exists(state.Socket) ? await RunningDaemon.Look(client, cancellationToken) : null;
        if (await service.State(cancellationToken) is { Active: true } before)
        {
            await (running is null
                ? service.Stop(wait: true, cancellationToken)
                : new StopProgress(client, running, waits: !before.KeepsSessions, TimeProvider.System).Show(screen, token => service.Stop(wait: true, token), cancellationToken));
        }
        else if (running is not null)
        {
            await client.StopDaemon(keepSessions: true, cancellationToken);
            await new StopProgress(client, running, waits: false, TimeProvider.System).Show(screen, cancellationToken);
        }
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
