using System.Runtime.InteropServices;

namespace Donmai.Cli;

/// <summary>
/// Ctrl-C and TERM: the first asks for the end, the second for the end at once, what follows is left to the system.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Interrupts() =>
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Take),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take),
        ];

    /// <summary>Completes with the first interrupt.</summary>
    public Task First => _first.Task;

    /// <summary>Completes with the second.</summary>
    public Task Second => _second.Task;

    /// <summary>Completes with the first that is still to come.</summary>
    public Task Next => First.IsCompleted ? Second : First;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void Take(PosixSignalContext signal) => signal.Cancel = _first.TrySetResult() || _second.TrySetResult();
}
