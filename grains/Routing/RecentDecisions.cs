using Donmai.Core.Routing;
using Donmai.Routing;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Routing;

/// <summary>The ring of one router and its file. Used from the grain's own turns only.</summary>
/// <param name="log">The file.</param>
/// <param name="size">Decisions wanted now.</param>
/// <param name="grains">The grains that know refusals.</param>
/// <param name="clock">Source of time.</param>
/// <param name="logger">The router's log.</param>
internal sealed partial class RecentDecisions(RoutingLog log, Func<int> size, IGrainFactory grains, TimeProvider clock, ILogger logger)
{
    /// <summary>How long a session waits for a slow disk: what became of it is in its own trace.</summary>
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(1);

    private readonly DecisionRing _ring = new(size());
    private readonly List<RoutingExplanation> _unwritten = [];
    private Task _writing = Task.CompletedTask;

    /// <summary>Takes up what a former daemon remembered.</summary>
    public async Task Load()
    {
        try
        {
            foreach (var decision in await log.ReadLast(_ring.Capacity))
                _ring.Record(decision);
        }
        catch (Exception failure)
        {
            NotRead(failure); // sessions can be routed all the same
        }
    }

    /// <summary>The decisions, oldest first.</summary>
    public List<RoutingDecision> All()
    {
        Fit();
        return _ring.Recent();
    }

    /// <summary>Remembers a decision; completes when it is in the file, or cannot be, or the disk has taken too long.</summary>
    public async Task Record(RoutingExplanation decision)
    {
        Fit();
        if (_ring.Record(decision) is { } gone)
            Dropped(gone);
        _unwritten.Add(decision);
        try
        {
            await Written(decision).WaitAsync(MostWait, clock);
        }
        catch (TimeoutException)
        {
            NotKeptYet(MostWait.TotalSeconds); // it is written all the same when the disk answers
        }
    }

    private async Task Written(RoutingExplanation decision)
    {
        while (_unwritten.Contains(decision))
        {
            if (_writing.IsCompleted)
                _writing = Write([.. _unwritten]);
            await _writing;
        }
    }

    private async Task Write(List<RoutingExplanation> decisions)
    {
        try
        {
            await log.Append(decisions);
        }
        catch (Exception failure) // whatever it is, no session is refused for a list
        {
            NotKept(failure, decisions.Count);
        }
        finally
        {
            _unwritten.RemoveRange(0, decisions.Count);
        }
    }

    /// <summary>The configuration may have changed.</summary>
    private void Fit()
    {
        if (_ring.Capacity == size())
            return;
        foreach (var gone in _ring.Resize(size()))
            Dropped(gone);
    }

    /// <summary>A session that was refused is in no history that would have its decision removed some day.</summary>
    private void Dropped(RoutingDecision gone)
    {
        if (RoutingRefusal.Of(gone, pinnedProvider: null) is not null)
            _ = Forget(gone.SessionId); // observes its own failure
    }

    private async Task Forget(string sessionId)
    {
        try
        {
            await grains.RoutingTrace(sessionId).Forget();
        }
        catch (Exception failure)
        {
            NotForgotten(failure, sessionId);
        }
    }
}
