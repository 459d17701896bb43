namespace Donmai.Core.Daemon;

/// <summary>The address the control API is bound to; workers are told it (daemon-runtime.md §9.3).</summary>
public sealed class ControlAddress
{
    private Uri? _bound;

    /// <summary>The bound address, e.g. <c>http://127.0.0.1:7734</c>.</summary>
    /// <exception cref="InvalidOperationException">Nothing is bound yet.</exception>
    public Uri Bound
    {
        get => Volatile.Read(ref _bound) ?? throw new InvalidOperationException("The control API is not bound yet.");
        set => Volatile.Write(ref _bound, value);
    }
}
