using Orleans.Concurrency;

namespace Donmai.Engine.Tests.Turns;

public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Waits for a gate of the test.</summary>
    Task Wait(string gate);

    /// <summary>Reports that it runs.</summary>
    Task Note(string what);

    [AlwaysInterleave]
    Task NoteAtOnce(string what);

    [ReadOnly]
    Task WaitReadOnly(string gate);

    [ReadOnly]
    Task NoteReadOnly(string what);

    Task<bool> SchedulerIsKeptAcrossAwaits();

    Task<int> DistinctThreadsAtOnce(int rounds);

    /// <summary>Calls another grain, which calls back.</summary>
    Task<string> CallThrough(ITurnGrain other, bool allowReentrancy);

    Task<string> CallBack(ITurnGrain origin);

    Task<string> Answer();

    [ResponseTimeout("00:00:01")]
    Task WaitShortly(string gate);

    [OneWay]
    Task FireAndForget(string what);
}
