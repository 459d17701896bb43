namespace Donmai.Worker.Tests;

/// <summary>A clock whose waits are over in a fifth of their time, for tests that have to wait for patience to end.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private const int Hurry = 5;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : dueTime / Hurry, period);
}
