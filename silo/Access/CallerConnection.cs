using Donmai.Silo.Gateway;

namespace Donmai.Silo.Access;

/// <summary>What is kept for the life of one connection to the control API.</summary>
/// <param name="trust">Who opened it.</param>
/// <param name="time">The clock of its write limit.</param>
internal sealed class CallerConnection(CallerTrust trust, TimeProvider time) : IDisposable
{
    private ITimer? _leaving;

    /// <summary>Who opened it.</summary>
    public CallerTrust Trust => trust;

    /// <summary>The write limit of the request that is being answered; HTTP/1.1 has one at a time.</summary>
    public ResponseDeadline Deadline { get; } = new(time);

    /// <summary>The server stops. A caller who has no whole request to be answered after this time is not waited for.</summary>
    /// <param name="limit">The time.</param>
    /// <param name="close">Closes the connection.</param>
    public void Leave(TimeSpan limit, Action close) => _leaving = time.CreateTimer(
        _ =>
        {
            if (!Deadline.IsSet)
                close();
        },
        null,
        limit,
        Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving?.Dispose();
        Deadline.Dispose();
    }
}
