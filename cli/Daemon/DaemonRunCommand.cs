using System.CommandLine;
using Donmai.Core.Daemon;
using Donmai.Silo.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon run</c>: the daemon, in the foreground, until it is asked to end.</summary>
internal static class DaemonRunCommand
{
    private const string Notes =
        """
        Without a daemon.yaml it asks for what it has to know, on a terminal; elsewhere it writes one that suits this machine alone.
        TERM or Ctrl-C: no new work, wait for the running sessions, then end; once more ends them at once.
        Sessions outlive a daemon that is killed: its next start finds them again.

        The log goes to standard error and to daemon.log in the state directory, or where
        observability.logPath says; observability.logFormat is text or ndjson. Metrics are at
        http://127.0.0.1:<observability.metricsPort>/metrics when the port is set. With
        OTEL_EXPORTER_OTLP_ENDPOINT in the environment, metrics and traces go there.

        Exit codes:
          0  ended when asked to
          1  could not start, or failed; standard error says why
          2  the command line is not usable
          3  the program was replaced by a new version and is to be started again
         78  the configuration cannot be used; standard error names every violation
        """;

    private static readonly Option<string> Host = new("--host") { Description = "Address of the control API.", HelpName = "ADDRESS", DefaultValueFactory = static _ => "127.0.0.1" };

    private static readonly Option<bool> AllowRemote = new("--allow-remote") { Description = "Let --host be an address other machines can reach; the control token is required then." };

    private static readonly Option<int> Port = PortOption("--port", "Port of the control API", DaemonHostOptions.UsualPort);

    private static readonly Option<int> GrainPort = PortOption("--grain-port", "Port for grain clients", DaemonHostOptions.UsualGrainPort);

    private static readonly Option<int> SiloPort = PortOption("--silo-port", "Port between silos", DaemonHostOptions.UsualSiloPort);

    private static readonly Option<string?> WorkerText = new("--worker-command") { Description = "Shell command that is run for each session in place of the worker.", HelpName = "TEXT" };

    private static readonly Option<bool> KeepSessions = new("--keep-sessions") { Description = "Let a signal end the daemon alone: its sessions go on, and the next start finds them again." };

    private static readonly Option<string?> JwtPath = new("--jwt-path") { Description = "File of the cached registration; otherwise DONMAI_DAEMON_JWT_PATH, then daemon.jwt in the state directory.", HelpName = "FILE" };

    public static Command Create() =>
        new NotedCommand("run", "Run the daemon in the foreground until Ctrl-C or TERM.", Notes)
        {
            ConfigurationPlace.Config, ConfigurationPlace.StateDir, SetupConversation.SkipWizard, Host, Port, AllowRemote, GrainPort, SiloPort,
            WorkerText, KeepSessions, JwtPath, LogOptions.Level,
        }.Does(Run);

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var interrupts = new Interrupts();
        var level = LogOptions.LevelOf(parsed);
        using var log = LogOptions.Create();
        using var export = TelemetryExport.FromEnvironment("donmai", measures: true);
        using var startUpLog = LoggerFactory.Create(logging => log.AddTo(logging, level));
        var skipWizard = parsed.GetValue(SetupConversation.SkipWizard);
        using var setup = DaemonSetup.Read(
            parsed.GetValue(ConfigurationPlace.StateDir), parsed.GetValue(ConfigurationPlace.Config), SetupConversation.MayCreate(skipWizard), startUpLog,
            registrationPath: parsed.GetValue(JwtPath));
        if (setup.Configuration.IsNew)
        {
            StateDirectoryResolver.EnsureUsable(setup.State);
            await SetupConversation.Hold(setup.State, setup.Configuration, skipWizard, cancellationToken);
        }

        return await ForegroundDaemon.Run(
            new DaemonHostOptions
            {
                State = setup.State,
                Configuration = setup.Configuration.InForce,
                ConfigurationFile = setup.Configuration,
                Host = parsed.GetRequiredValue(Host),
                Port = parsed.GetValue(Port),
                AllowRemote = parsed.GetValue(AllowRemote),
                GrainPort = parsed.GetValue(GrainPort),
                SiloPort = parsed.GetValue(SiloPort),
                Worker = parsed.GetValue(WorkerText) is { Length: > 0 } text ? WorkerCommands.Shell(text) : null,
                Announcements = Console.Out,
                Logging = logging => log.AddTo(logging, level),
                Log = log,
            },
            interrupts,
            parsed.GetValue(KeepSessions),
            cancellationToken);
    }

    private static Option<int> PortOption(string name, string meaning, int usual)
    {
        var option = new Option<int>(name) { Description = $"{meaning}; 0 takes a free one.", HelpName = "PORT", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var port) || port is < 0 or > ushort.MaxValue))
                result.AddError($"'{result.Tokens[0].Value}' is not a port; write a number from 0 to {ushort.MaxValue}.");
        });
        return option;
    }
}
