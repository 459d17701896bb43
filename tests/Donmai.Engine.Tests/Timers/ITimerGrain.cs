namespace Donmai.Engine.Tests.Timers;

public interface ITimerGrain : IGrainWithStringKey
{
    Task Start(TimeSpan dueTime, TimeSpan period, string? gate = null, bool interleave = false, bool keepAlive = false);

    Task StartFailing(TimeSpan period);

    Task Change(TimeSpan dueTime, TimeSpan period);

    Task Stop();

    /// <summary>Starts a timer that ticks once, and waits in the same call.</summary>
    Task StartAndWait(TimeSpan dueTime, bool interleave, string gate);
}
