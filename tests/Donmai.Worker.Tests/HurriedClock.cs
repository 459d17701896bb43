namespace Donmai.Worker.Tests;

/// <summary>
/// A clock that runs five times as fast, for tests in which patience with a real program ends, and nothing else can: what is to happen in time has less of it.
/// </summary>
/// <param name="hurry">How many times faster.</param>
internal sealed class HurriedClock(int hurry = 5) : TimeProvider
{
    public override long GetTimestamp() => System.GetTimestamp() * hurry;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : dueTime / hurry, period);
}
