namespace Donmai.Worker.Tests;

/// <summary>A clock that runs five times as fast, for tests that have to wait for patience to end.</summary>
/// <param name="hurry">How many times faster.</param>
internal sealed class HurriedClock(int hurry = 5) : TimeProvider
{
    public override long GetTimestamp() => System.GetTimestamp() * hurry;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : dueTime / hurry, period);
}
