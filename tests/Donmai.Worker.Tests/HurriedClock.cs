namespace Donmai.Worker.Tests;

/// <summary>A clock that runs five times as fast, for tests that have to wait for patience to end.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private const int Hurry = 5;

    public override long GetTimestamp() => System.GetTimestamp() * Hurry;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : dueTime / Hurry, period);
}
