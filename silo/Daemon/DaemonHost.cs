using System.Net;
using Donmai.Core.Daemon;
using Donmai.Sessions;
using Donmai.Silo.Access;
using Donmai.Silo.Gateway;
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
    private InstanceLock? _lock;
    private GatewayServer? _gateway;
    private SiloServer? _silo;
    private QuietMemory? _memory;

    private DaemonHost(DaemonHostOptions options)
    {
        _options = options;
        _logging = LoggerFactory.Create(builder => options.Logging?.Invoke(builder));
        _logger = _logging.CreateLogger<DaemonHost>();
        Program = EngineName.Identify(options.Version);
    }

    /// <summary>What runs.</summary>
    public ProgramIdentity Program { get; }

    /// <summary>The control API for programs on this machine.</summary>
    public Uri Address => _address.Bound;

    /// <summary>The grains, for an embedding program.</summary>
    public IGrainFactory Grains => _silo?.Grains ?? throw new InvalidOperationException("The daemon does not run.");

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
    /// Accepts no more work, closes the control API, stops the silo, gives the state directory back. Workers go on and are found again
    /// by the next start (docs/decisions/0007).
    /// </summary>
    /// <param name="cancellationToken">Abandons what is still in progress.</param>
    public async Task Stop(CancellationToken cancellationToken = default)
    {
        Stopping();
        if (_silo is not null && _gateway is not null)
            await new MachineGrains(_silo.Grains, _options.Configuration.Current.MachineId).Daemon.Stop(new() { KeepSessions = true }).WaitAsync(cancellationToken);
        if (_gateway is not null)
            await _gateway.Stop(cancellationToken);
        if (_silo is not null)
            await _silo.Stop(cancellationToken);
        await DisposeAsync();
        Stopped();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _memory, null) is { } memory)
            await memory.DisposeAsync();
        if (Interlocked.Exchange(ref _gateway, null) is { } gateway)
            await gateway.DisposeAsync();
        if (Interlocked.Exchange(ref _silo, null) is { } silo)
            await silo.DisposeAsync();
        Interlocked.Exchange(ref _lock, null)?.Dispose();
        _logging.Dispose();
    }

    private async Task Start(CancellationToken cancellationToken)
    {
        var address = ListenAddress.Parse(_options.Host, _options.AllowRemote);
        _options.State.Prepare();
        _lock = InstanceLock.Take(_options.State.InstanceLock);
        await _options.Announcements.WriteLineAsync($"[daemon] donmai {Program.Version}, engine {Program.Engine}");
        await Bind(address, cancellationToken);
        _silo = await SiloServer.Start(_options, _address, Program, _logging, cancellationToken);
        var grains = new MachineGrains(_silo.Grains, _options.Configuration.Current.MachineId);
        var recovery = grains.Daemon.Start(); // first, so that nobody is told of a daemon that was not started
        _gateway!.BeginRecovery(grains);
        await recovery.WaitAsync(cancellationToken);
        _gateway.Open();
        _memory = new QuietMemory(_options.Time);
        Started(_address.Bound);
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
            Time = _options.Time,
        };
        _gateway = await GatewayServer.Start(gateway, _logging, cancellationToken);
        _address.Bound = _gateway.Local;
        if (_gateway.UnixSocket is null)
            NoUnixSocket(_options.State.Socket);
        await _options.Announcements.WriteLineAsync($"[daemon] http listening on {_gateway.Control}");
        await _options.Announcements.FlushAsync(cancellationToken);
    }
}
