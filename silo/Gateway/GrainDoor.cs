using Donmai.Daemon;

namespace Donmai.Silo.Gateway;

/// <summary>
/// The way from the gateway to the grains. The listeners are bound first, so there are no grains for a moment; then there are, but
/// sessions of the former life are still being found again; then everything is open (control-api.md §5).
/// </summary>
internal sealed class GrainDoor
{
    private readonly TaskCompletionSource<MachineGrains> _grains = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = (int)DaemonState.Starting;

    /// <summary>How far the start has come: <see cref="DaemonState.Starting"/>, <see cref="DaemonState.Recovering"/>, <see cref="DaemonState.Running"/>.</summary>
    public DaemonState State => (DaemonState)Volatile.Read(ref _state);

    /// <summary>The grains.</summary>
    /// <exception cref="InvalidOperationException">There are none yet.</exception>
    public MachineGrains Grains =>
        _grains.Task.IsCompletedSuccessfully ? _grains.Task.GetAwaiter().GetResult() : throw new InvalidOperationException("There are no grains yet.");

    /// <summary>There are grains: requests about one session get through, a surviving worker's above all.</summary>
    public void BeginRecovery(MachineGrains grains)
    {
        _grains.TrySetResult(grains);
        Volatile.Write(ref _state, (int)DaemonState.Recovering);
    }

    /// <summary>Everything gets through.</summary>
    public void Open() => Volatile.Write(ref _state, (int)DaemonState.Running);

    /// <summary>Completes when there are grains.</summary>
    public Task<MachineGrains> WithGrains(CancellationToken cancellationToken) => _grains.Task.WaitAsync(cancellationToken);
}
