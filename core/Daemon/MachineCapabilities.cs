using Donmai.Core.Sessions.Children;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon;

/// <summary>
/// Looks once, keeps what was found, and looks again every ten minutes and after a reload of the configuration (daemon-runtime.md §5). Whoever
/// asks meanwhile is told what was found before.
/// </summary>
public sealed partial class MachineCapabilities : IMachineCapabilities, IDisposable
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    // An interpreter that starts on a busy machine takes its time, and nobody is kept waiting by it but the first who asks.
    private static readonly TimeSpan InterpreterBound = TimeSpan.FromSeconds(5);

    private readonly CapabilityDetection _detection;
    private readonly ILogger<MachineCapabilities> _logger;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly IDisposable _reloads;
    private readonly ITimer _timer;
    private IReadOnlyList<string>? _found;
    private Task<IReadOnlyList<string>>? _looking;

    /// <summary>Capabilities as this detection finds them.</summary>
    public MachineCapabilities(
        CapabilityDetection detection, IDaemonConfiguration configuration, TimeProvider clock, ILogger<MachineCapabilities> logger)
    {
        _detection = detection;
        _logger = logger;
        _reloads = configuration.WhenReplaced(_ => LookAgain());
        _timer = clock.CreateTimer(_ => LookAgain(), state: null, Interval, Interval);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> Kinds()
    {
        lock (_gate)
            return _found is { } found ? Task.FromResult(found) : _looking ??= Look();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _reloads.Dispose();
        _closing.Cancel();
        _closing.Dispose();
    }

    /// <summary>The capabilities of a machine with this environment.</summary>
    internal static CapabilityDetection DetectionFor(HostEnvironment environment, TimeProvider clock) => new(
        program => ProgramSearch.Find(program, environment.SearchPath),
        async (program, arguments, cancellationToken) =>
            (await new ProgramQuestion(clock, InterpreterBound).Ask(program, arguments, environment.Variables, cancellationToken)).Succeeded);

    private void LookAgain()
    {
        lock (_gate)
        {
            // Before anybody has asked there is nothing to keep up to date, and one look at a time is enough.
            if (_found is not null)
                _looking ??= Look();
        }
    }

    private Task<IReadOnlyList<string>> Look() => Task.Run(async () =>
    {
        try
        {
            var found = await _detection.Detect(_closing.Token);
            Keep(found);
            return found;
        }
        catch (Exception failure)
        {
            NotDetected(failure);
            lock (_gate)
                _looking = null;
            return _found ?? CapabilityDetection.Unconditional;
        }
    });

    private void Keep(IReadOnlyList<string> found)
    {
        lock (_gate)
        {
            if (_found is null || !_found.SequenceEqual(found))
                Detected(found);
            _found = found;
            _looking = null;
        }
    }
}
