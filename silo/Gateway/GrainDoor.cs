namespace Donmai.Silo.Gateway;

/// <summary>The way from the gateway to the grains. It opens after the listeners do, because they are bound first (control-api.md §5).</summary>
internal sealed class GrainDoor
{
    private readonly TaskCompletionSource<MachineGrains> _grains = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether grains can be called.</summary>
    public bool IsOpen => _grains.Task.IsCompletedSuccessfully;

    /// <summary>The grains.</summary>
    /// <exception cref="InvalidOperationException">The door is closed.</exception>
    public MachineGrains Grains => IsOpen ? _grains.Task.GetAwaiter().GetResult() : throw new InvalidOperationException("The grains are not there yet.");

    /// <summary>Lets requests through to the grains.</summary>
    public void Open(MachineGrains grains) => _grains.TrySetResult(grains);

    /// <summary>Completes when the door is open.</summary>
    public Task Opened(CancellationToken cancellationToken) => _grains.Task.WaitAsync(cancellationToken);
}
