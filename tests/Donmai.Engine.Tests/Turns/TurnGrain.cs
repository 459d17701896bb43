using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Turns;

internal sealed class TurnGrain(Witness witness) : Grain, ITurnGrain
{
    private int _inside;
    private int _most;

    private string Key => this.GetPrimaryKeyString();

    public async Task Wait(string gate)
    {
        witness.Report(Key, $"begin {gate}");
        await witness.Pass(gate);
        witness.Report(Key, $"end {gate}");
    }

    public Task Note(string what)
    {
        witness.Report(Key, what);
        return Task.CompletedTask;
    }

    public Task NoteAtOnce(string what) => Note(what);

    public Task WaitReadOnly(string gate) => Wait(gate);

    public Task NoteReadOnly(string what) => Note(what);

    public async Task<bool> SchedulerIsKeptAcrossAwaits()
    {
        var scheduler = TaskScheduler.Current;
        if (scheduler == TaskScheduler.Default)
        {
            return false;
        }

        await Task.Yield();
        var afterYield = TaskScheduler.Current == scheduler;
        await Task.Run(() => Thread.SpinWait(100));
        var afterPool = TaskScheduler.Current == scheduler;
        var started = await Task.Factory.StartNew(() => TaskScheduler.Current == scheduler);
        return afterYield && afterPool && started;
    }

    public async Task<int> DistinctThreadsAtOnce(int rounds)
    {
        await Task.WhenAll(Enumerable.Range(0, rounds).Select(async _ =>
        {
            await Task.Yield();
            _most = Math.Max(_most, Interlocked.Increment(ref _inside));
            Thread.SpinWait(2000);
            Interlocked.Decrement(ref _inside);
        }));
        return _most;
    }

    public async Task<string> CallThrough(ITurnGrain other, bool allowReentrancy)
    {
        if (!allowReentrancy)
        {
            return await other.CallBack(this.AsReference<ITurnGrain>());
        }

        using (RequestContext.AllowCallChainReentrancy())
        {
            return await other.CallBack(this.AsReference<ITurnGrain>());
        }
    }

    public Task<string> CallBack(ITurnGrain origin) => origin.Answer();

    public Task<string> Answer() => Task.FromResult($"answer of {Key}");

    public Task WaitShortly(string gate) => Wait(gate);

    public Task FireAndForget(string what)
    {
        witness.Report(Key, what);
        throw new InvalidOperationException("nobody hears this");
    }
}
