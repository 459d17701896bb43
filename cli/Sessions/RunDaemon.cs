using Donmai.Cli.Daemon;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Core.Daemon;
using Donmai.Silo;
using Donmai.Silo.Daemon;
using Donmai.Silo.Logging;
using Microsoft.Extensions.Logging;

namespace Donmai.Cli.Sessions;

/// <summary>The daemon a run uses: the one that runs, or one that lives as long as the command.</summary>
internal sealed class RunDaemon : IAsyncDisposable
{
    private const string StubProvider = "stub";

    // Room for other commands that find this daemon, also where the generated configuration has one slot.
    private const int LeastCapacity = 4;

    private const int HostAttempts = 4;

    private static readonly TimeSpan UseCheck = TimeSpan.FromMilliseconds(500);
    private static readonly string[] ComingOrGoing = ["starting", "recovering", "stopped"];

    private readonly DaemonHost? _hosted;
    private readonly DaemonLog? _log;
    private readonly DaemonSetup? _setup;
    private readonly DateTimeOffset _since = TimeProvider.System.GetUtcNow();

    private RunDaemon(DonmaiClient client, DaemonHost? hosted = null, DaemonSetup? setup = null, DaemonLog? log = null)
    {
        Client = client;
        _hosted = hosted;
        _setup = setup;
        _log = log;
    }

    /// <summary>Its control API.</summary>
    public DonmaiClient Client { get; }

    /// <summary>
    /// The daemon at <paramref name="url"/> or at the address of the environment when either is given; otherwise the one that holds the
    /// user's state directory, the one at the usual address, or a hosted one.
    /// </summary>
    public static async Task<RunDaemon> For(string? url, RunRequest request, CancellationToken cancellationToken)
    {
        if (RunningDaemon.IsNamed(url))
        {
            var named = new RunDaemon(new DonmaiClient(url));
            await named.Client.Status(cancellationToken);
            return named;
        }

        for (var attempt = 1; ; attempt++)
        {
            if (await RunningDaemon.Find(static status => !ComingOrGoing.Contains(status.Status), cancellationToken) is { } place)
                return new RunDaemon(new DonmaiClient(place));
            try
            {
                return await Host(request, cancellationToken);
            }
            catch (DaemonStartException) when (attempt < HostAttempts)
            {
                // A daemon of another command may be just starting, or just ending.
                await Task.Delay(UseCheck, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Completes when a hosted daemon is not needed any more: the sessions that other commands gave it meanwhile have ended, or the user
    /// has had enough.
    /// </summary>
    public async Task UntilUnused(IScreen screen, Task enough, CancellationToken cancellationToken)
    {
        var told = false;
        while (_hosted is { Finished.IsCompleted: false } hosted && !enough.IsCompleted && await IsInUse(hosted, cancellationToken))
        {
            if (!told)
                screen.Write(Line.Of(("other commands use the daemon of this one; it ends with them, or with Ctrl-C", Tone.Warning)));
            told = true;
            await Task.WhenAny(enough, hosted.Finished, Task.Delay(UseCheck, cancellationToken));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_hosted is not null)
            await _hosted.Stop();
        _log?.Dispose();
        _setup?.Dispose();
    }

    // Times of acceptance are told in whole seconds; sessions of a former daemon go on without this one.
    private async Task<bool> IsInUse(DaemonHost hosted, CancellationToken cancellationToken)
    {
        try
        {
            return (await Client.Sessions(cancellationToken: cancellationToken)).Any(session => session.AcceptedAt >= _since.AddSeconds(-1));
        }
        catch (DaemonUnreachableException) when (hosted.IsEnding)
        {
            return false; // somebody has stopped it over its control API
        }
    }

    private static async Task<RunDaemon> Host(RunRequest request, CancellationToken cancellationToken)
    {
        var log = LogOptions.Create();
        DaemonSetup? setup = null;
        try
        {
            log.Open(new DaemonLogOptions()); // standard error only: the command's own output stays quiet and its daemon leaves no log file
            using (var startUpLog = LoggerFactory.Create(logging => log.AddTo(logging, LogLevel.Error)))
                setup = DaemonSetup.Read(stateDirectory: null, configurationPath: null, mayCreate: false, startUpLog, configuration => Serving(configuration, request));
            var hosted = await DaemonHost.Start(
                new DaemonHostOptions
                {
                    State = setup.State,
                    Configuration = setup.Configuration.InForce,
                    ConfigurationFile = setup.Configuration,
                    Logging = logging => log.AddTo(logging, LogLevel.Error),
                },
                cancellationToken);
            return new RunDaemon(new DonmaiClient(hosted.Address.ToString()), hosted, setup, log);
        }
        catch
        {
            setup?.Dispose();
            log.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The configuration of a daemon that serves this user's commands: any repository they name, the stub as well when it is asked for, and no
    /// orchestrator, which would give work to a daemon that ends with the command.
    /// </summary>
    internal static DaemonConfiguration Serving(DaemonConfiguration configuration, RunRequest request) => configuration with
    {
        AllowAnyRepository = true,
        OrchestratorUrl = "",
        AuthToken = null,
        AllowStub = configuration.AllowStub || request.Provider == StubProvider,
        MaxConcurrentSessions = Math.Max(LeastCapacity, configuration.MaxConcurrentSessions),
    };
}
