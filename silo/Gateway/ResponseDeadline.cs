using Microsoft.AspNetCore.Http;

namespace Donmai.Silo.Gateway;

/// <summary>
/// Closes a connection whose answer takes longer than <see cref="Limit"/> (control-api.md §1.3). One timer per connection, which goes
/// on ticking between requests, so that a request costs neither an allocation nor a timer. Streams set it anew for every write.
/// </summary>
internal sealed class ResponseDeadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private HttpContext? _answering;
    private long _since;
    private int _ticking;

    /// <summary>Creates a deadline that is not set.</summary>
    public ResponseDeadline(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static self => ((ResponseDeadline)self!).Passed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Longest time to write an answer, or to get one piece of a stream to its reader.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether it is set.</summary>
    public bool IsSet => Volatile.Read(ref _answering) is not null;

    /// <summary>Starts to count for <paramref name="answering"/>.</summary>
    public void Set(HttpContext answering)
    {
        Volatile.Write(ref _since, _time.GetTimestamp());
        Volatile.Write(ref _answering, answering);
        if (Interlocked.Exchange(ref _ticking, 1) == 0)
            _timer.Change(Limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Stops to count.</summary>
    public void Clear() => Volatile.Write(ref _answering, null);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <summary>Ends what is late, and comes back for what is not late yet.</summary>
    private void Passed()
    {
        Volatile.Write(ref _ticking, 0);
        if (Volatile.Read(ref _answering) is not { } answering)
            return;
        var left = Limit - _time.GetElapsedTime(Volatile.Read(ref _since));
        if (left <= TimeSpan.Zero)
            answering.Abort();
        else if (Interlocked.Exchange(ref _ticking, 1) == 0)
            _timer.Change(left, Timeout.InfiniteTimeSpan);
    }
}
