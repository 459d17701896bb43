using System.Net;
using Donmai.Core.Daemon;
using Donmai.Daemon;
using Donmai.Sessions;
using Donmai.Silo.Access;
using Donmai.Silo.Gateway;
using Donmai.Silo.Logging;
using Donmai.Silo.Metrics;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Daemon;

/// <summary>
/// The daemon of one machine: instance lock, control API, silo, recovery, in this order (daemon-runtime.md §6.3, control-api.md §5).
/// Several can live in one process, each with its own state directory and ports.
/// </summary>
public sealed partial class DaemonHost : IAsyncDisposable
{
    private static readonly TimeSpan IdlePollInterval = TimeSpan.FromMilliseconds(100);

    private readonly DaemonHostOptions _options;
    private readonly ILoggerFactory _logging;
    private readonly ILogger<DaemonHost> _logger;
    private readonly ControlAddress _address = new();
    private readonly DaemonExit _exit = new();
    private readonly DaemonMeter _meter = new();
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<int>? _life;
    private InstanceLock? _lock;
    private ExitRecorder? _recorder;
    private VersionProof? _proof;
    private GatewayServer? _gateway;
    private SiloServer? _silo;
    private QuietMemory? _memory;
    private ConfigurationWatcher? _watcher;
    private MetricsServer? _metrics;
    private IDisposable? _tokens;

    private DaemonHost(DaemonHostOptions options)
    {
        _options = options;
        _logging = LoggerFactory.Create(builder => options.Logging?.Invoke(builder));
        _logger = _logging.CreateLogger<DaemonHost>();
        Program = EngineName.Identify(options.Version);
        _meter.Describe(Program);
    }

    /// <summary>What runs.</summary>
    public ProgramIdentity Program { get; }

    /// <summary>The control API for programs on this machine.</summary>
    public Uri Address => _address.Bound;

    /// <summary>The grains, for an embedding program.</summary>
    public IGrainFactory Grains => _silo?.Grains ?? throw new InvalidOperationException("The daemon does not run.");

    private IDaemonGrain Daemon => Grains.GetGrain<IDaemonGrain>(_options.Configuration.Current.MachineId);

    /// <summary>
    /// Completes when the daemon has ended, for whatever reason, and everything of it is released: the program's exit code
    /// (daemon-runtime.md §6.5). It ends when it is asked to, over the control API as well, and when it has lost its control API.
    /// </summary>
    public Task<int> Finished => _life ?? throw new InvalidOperationException("The daemon does not run.");

    /// <summary>Whether the daemon is stopped, and its control API closed or about to be.</summary>
    public bool IsEnding => _exit.Stopped.IsCompleted;

    /// <summary>The HTTP server.</summary>
    internal GatewayServer Gateway => _gateway ?? throw new InvalidOperationException("The daemon does not run.");

    /// <summary>Starts a daemon and returns when it accepts work.</summary>
    /// <param name="options">What it is started with.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <exception cref="DaemonStartException">It cannot start; nothing is left running.</exception>
    public static async Task<DaemonHost> Start(DaemonHostOptions options, CancellationToken cancellationToken = default)
    {
        var daemon = new DaemonHost(options);
        try
        {
            await daemon.Start(cancellationToken);
            return daemon;
        }
        catch (Exception failure)
        {
            daemon.Recorded(failure);
            daemon._proof?.Fail(failure);
            await daemon.StopSilo();
            await daemon.DisposeAsync();
            if (StartFailure.Explain(failure, options.State) is { } sentence)
                throw new DaemonStartException(sentence, failure);
            throw;
        }
    }

    /// <summary>Completes when no session is live and everything about the ends of all is done.</summary>
    public async Task WaitUntilIdle(CancellationToken cancellationToken = default)
    {
        var spawner = Grains.GetGrain<ISpawnerGrain>(_options.Configuration.Current.MachineId);
        while ((await spawner.Admission()).Active > 0)
            await Task.Delay(IdlePollInterval, _options.Time, cancellationToken);
    }

    /// <summary>
    /// Asks the daemon to end, and returns when it has begun to: it waits for its sessions, with the control API up, unless
    /// <paramref name="request"/> says otherwise. <see cref="Finished"/> tells when it has ended. Repeating it is harmless.
    /// </summary>
    public Task BeginStop(DaemonStopRequest request) => _exit.Stopped.IsCompleted ? Task.CompletedTask : Daemon.Stop(request);

    /// <summary>
    /// Accepts no more work, closes the control API, stops the silo, gives the state directory back. Workers go on and are found again
    /// by the next start (docs/decisions/0011).
    /// </summary>
    /// <param name="cancellationToken">Abandons what is still in progress.</param>
    public async Task Stop(CancellationToken cancellationToken = default)
    {
        if (_life is { IsCompleted: false })
        {
            await BeginStop(new DaemonStopRequest { KeepSessions = true }).WaitAsync(cancellationToken);
            await Finished.WaitAsync(cancellationToken);
        }

        await DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _abandoned.TrySetResult();
        if (_life is not null)
            await _life;
        _recorder?.Ended(DaemonEnding.Clean, "the program it is part of let go of it; sessions go on");
        await Release();
    }

    private async Task Start(CancellationToken cancellationToken)
    {
        var address = ListenAddress.Parse(_options.Host, _options.AllowRemote);
        _options.State.Prepare();
        _lock = InstanceLock.Take(_options.State.InstanceLock);
        OpenLog();
        _recorder = ExitRecorder.Begin(_options.State, Program, _options.Time, _logging.CreateLogger<ExitRecorder>());
        _proof = VersionProof.Begin(_options, Program, _logging);
        MachineIdentity.Remember(_options.State, _options.Configuration.Current.MachineId, HostFacts.OfThisMachine().Hostname);
        Watch(_options.ConfigurationFile);
        await _options.Announcements.WriteLineAsync($"[daemon] donmai {Program.Version}, engine {Program.Engine}");
        _metrics = await MetricsServer.Start(_options.Configuration.Current.Observability.MetricsPort, _meter, _logging, cancellationToken);
        await Bind(address, cancellationToken);
        var parts = new DaemonParts(_address, Program, _exit, _recorder.Former, _meter, _logging);
        _silo = await SiloServer.Start(_options, parts, CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested(); // an engine that is interrupted half-way takes that for a failure
        var grains = new MachineGrains(_silo.Grains, _options.Configuration.Current.MachineId);
        var recovery = grains.Daemon.Start(); // first, so that nobody is told of a daemon that was not started
        _gateway!.BeginRecovery(grains);
        await recovery.WaitAsync(cancellationToken);
        _gateway.Open();
        _proof.Succeed();
        await grains.Update.Watch();
        _memory = new QuietMemory(_options.Time);
        Started(_address.Bound);
        _life = Live(_gateway, _silo);
    }

    /// <summary>Waits for the end, and brings it about.</summary>
    /// <returns>The exit code.</returns>
    private async Task<int> Live(GatewayServer gateway, SiloServer silo)
    {
        try
        {
            var lost = await LoseControl(gateway);
            if (await Task.WhenAny(_exit.Stopped, _abandoned.Task) == _abandoned.Task)
                return DaemonEnding.Clean;
            var ending = await _exit.Stopped;
            Stopping(ending.Reason);
            await gateway.Stop();
            await silo.Stop();
            Stopped();
            var exitCode = lost ? DaemonEnding.Failure : ending.ExitCode;
            _recorder?.Ended(exitCode, ending.Reason);
            await Release();
            return exitCode;
        }
        catch (Exception failure)
        {
            NotStoppedWell(failure);
            _recorder?.Ended(DaemonEnding.Failure, $"it could not end in good order: {failure.Message}");
            return DaemonEnding.Failure;
        }
    }

    /// <summary>Waits until the daemon is to end. One that cannot be reached any more drains and ends (control-api.md §5).</summary>
    /// <returns>Whether that is why.</returns>
    private async Task<bool> LoseControl(GatewayServer gateway)
    {
        if (await Task.WhenAny(_exit.Stopped, _abandoned.Task, gateway.Failed) != gateway.Failed)
            return false;
        var reason = await gateway.Failed;
        ControlLost(reason);
        await BeginStop(new DaemonStopRequest { Reason = $"the control API was lost: {reason}" });
        return true;
    }

    private void Watch(ConfigurationFile? file)
    {
        if (file is not null)
            _watcher = new ConfigurationWatcher(file.Path, () => file.Reload(), _options.Time, _logging.CreateLogger<ConfigurationWatcher>());
    }

    /// <summary>Grains in the middle of a start come to their end before what they use is taken away.</summary>
    private async Task StopSilo()
    {
        try
        {
            await (_silo?.Stop() ?? Task.CompletedTask);
        }
        catch (Exception failure)
        {
            NotStoppedWell(failure);
        }
    }

    private void Recorded(Exception failure)
    {
        if (failure is OperationCanceledException)
            _recorder?.Ended(DaemonEnding.Clean, "asked to end while it started");
        else
            _recorder?.Ended((failure as DaemonStartException)?.ExitCode ?? DaemonEnding.Failure, $"it could not start: {failure.Message}");
    }

    private async Task Release()
    {
        if (Interlocked.Exchange(ref _watcher, null) is { } watcher)
            await watcher.DisposeAsync();
        if (Interlocked.Exchange(ref _memory, null) is { } memory)
            await memory.DisposeAsync();
        if (Interlocked.Exchange(ref _gateway, null) is { } gateway)
            await gateway.DisposeAsync();
        if (Interlocked.Exchange(ref _silo, null) is { } silo)
            await silo.DisposeAsync();
        Interlocked.Exchange(ref _recorder, null)?.Dispose();
        if (Interlocked.Exchange(ref _metrics, null) is { } metrics)
            await metrics.DisposeAsync();
        _meter.Dispose();
        Interlocked.Exchange(ref _tokens, null)?.Dispose();
        Interlocked.Exchange(ref _lock, null)?.Dispose();
        _logging.Dispose();
    }

    /// <summary>Not before the state directory is this daemon's: the log file in it may be another one's.</summary>
    private void OpenLog()
    {
        if (_options.Log is not { } log)
            return;
        var current = _options.Configuration.Current;
        log.Secrets.Add(current.AuthToken);
        _tokens = _options.Configuration.WhenReplaced(replacement => log.Secrets.Add(replacement.Current.AuthToken));
        _meter.Meter.CreateObservableCounter("donmai.log.lost", () => log.Lost, unit: null, "Log entries that could not be written");
        log.Open(DaemonLogOptions.Of(current.Observability, _options.State));
    }

    private async Task Bind(IPAddress address, CancellationToken cancellationToken)
    {
        var gateway = new GatewayOptions
        {
            Address = address,
            Port = _options.Port,
            State = _options.State,
            Configuration = _options.Configuration,
            Program = Program,
            Meter = _meter,
            Time = _options.Time,
        };
        _gateway = await GatewayServer.Start(gateway, _logging, cancellationToken);
        _address.Bound = _gateway.Local;
        _options.Log?.Secrets.Add(await File.ReadAllTextAsync(_options.State.ControlToken, cancellationToken));
        if (_gateway.UnixSocket is null)
            NoUnixSocket(_options.State.Socket);
        await _options.Announcements.WriteLineAsync($"[daemon] http listening on {_gateway.Control}");
        await _options.Announcements.FlushAsync(cancellationToken);
    }
}
