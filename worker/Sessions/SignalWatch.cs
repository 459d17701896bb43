using System.Runtime.InteropServices;

namespace Donmai.Worker.Sessions;

/// <summary>
/// Turns signals into the end of the session (worker.md §2.4): the first TERM or INT asks the detail why, the second ends politeness. HUP is
/// ignored: a worker outlives whoever started it.
/// </summary>
internal sealed class SignalWatch : IAsyncDisposable
{
    private readonly ISessionDetailSource _details;
    private readonly SessionStop _stop;
    private readonly TimeSpan _patience;
    private readonly List<IDisposable> _registrations = [];
    private readonly Lock _access = new();
    private int _signals;
    private bool _isOver;
    private Task _asking = Task.CompletedTask;

    /// <summary>Creates the watch.</summary>
    /// <param name="details">Says whether somebody asked for the stop.</param>
    /// <param name="stop">Receives the cause.</param>
    /// <param name="patience">Longest time the question may take.</param>
    public SignalWatch(ISessionDetailSource details, SessionStop stop, TimeSpan patience)
    {
        _details = details;
        _stop = stop;
        _patience = patience;
    }

    /// <summary>Listens to the signals of this process.</summary>
    public void ListenToProcess()
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT })
            _registrations.Add(PosixSignalRegistration.Create(signal, received =>
            {
                received.Cancel = true;
                Signal();
            }));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, static received => received.Cancel = true));
    }

    /// <summary>Treats the cancellation of a token like a signal.</summary>
    public void ListenTo(CancellationToken cancellation) => _registrations.Add(cancellation.Register(Signal));

    /// <summary>A signal has arrived. One that comes after the end changes nothing of what was written down.</summary>
    public void Signal()
    {
        lock (_access)
        {
            if (_isOver)
                return;
            if (++_signals == 1)
                _asking = Ask();
            else
                _stop.Force();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (_access)
            _isOver = true;
        _registrations.ForEach(static registration => registration.Dispose());
        await _asking;
    }

    private async Task Ask()
    {
        await Task.Yield();
        SessionEnd cause;
        try
        {
            using var bound = new CancellationTokenSource(_patience);
            var detail = await _details.Read(_patience, bound.Token);
            cause = detail.Stop ? SessionEnd.StopRequested(detail.StopMode) : SessionEnd.Signalled;
        }
        catch (Exception unknown) when (unknown is PreflightException or OperationCanceledException)
        {
            cause = SessionEnd.Signalled;
        }

        _stop.TryRequest(cause);
    }
}
