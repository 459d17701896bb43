using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Core.Routing;
using Donmai.Routing;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Donmai.Grains.Routing;

/// <summary>The recent routing decisions of one machine and what was learnt from them (routing.md §2, §6).</summary>
[Reentrant]
internal sealed partial class RouterGrain(
    [PersistentState("router")] IPersistentState<RouterRecord> state,
    RoutingPipeline pipeline,
    IProviderCatalog providers,
    IDaemonConfiguration configuration,
    TimeProvider clock,
    ILogger<RouterGrain> logger) : Grain, IRouterGrain
{
    /// <summary>More than the sessions whose end a recovery may repeat: a page of history and every slot.</summary>
    private const int LearntKept = 256;

    private readonly GroupedWrites _writes = new(state);
    private readonly DecisionRing _ring = new(configuration.Current.Routing.RingSize);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var decision in await Task.WhenAll(state.State.Recent.Select(Remembered)))
        {
            if (decision is not null)
                _ring.Record(decision);
        }
    }

    public Task<RoutingExplanation> Choose(RoutingRequest request)
    {
        var current = configuration.Current;
        var explanation = pipeline.Decide(
            new RoutingDemand
            {
                Request = request,
                Configuration = current.Routing,
                Sandboxes = [LocalSandbox.Candidate(current)],
                Runtimes = providers.Runtimes(request.PinnedProvider),
                Experience = Experience(),
            },
            clock.GetUtcNow());
        if (_ring.Record(explanation) is { } gone && RoutingRefusal.Of(gone, pinnedProvider: null) is not null)
            _ = Forget(gone); // observes its own failure
        state.State = state.State with
        {
            Recent = [.. state.State.Recent.TakeLast(_ring.Capacity - 1), request.SessionId],
            Learnt = [.. state.State.Learnt.Where(learnt => learnt != request.SessionId)], // a new life of the same id
        };
        _ = Save();
        return Task.FromResult(explanation);
    }

    public Task Learn(RoutingOutcome outcome)
    {
        if (!state.State.Learnt.Contains(outcome.SessionId))
        {
            state.State = state.State with
            {
                Experience = [.. Experience().Learn(outcome).Rows],
                Learnt = [.. state.State.Learnt.TakeLast(LearntKept - 1), outcome.SessionId],
            };
        }

        _ = Save();
        return Task.CompletedTask;
    }

    public Task<List<RoutingDecision>> Recent() => Task.FromResult(_ring.Recent());

    /// <summary>
    /// Sessions do not wait for this: the decision itself is durable in its trace, and ends that were not learnt from are told again by the next
    /// recovery.
    /// </summary>
    private async Task Save()
    {
        try
        {
            await _writes.Write();
        }
        catch (Exception failure)
        {
            NotSaved(failure, this.GetPrimaryKeyString());
        }
    }

    /// <summary>A session that was refused is in no history that would have its decision removed some day.</summary>
    private async Task Forget(RoutingDecision refusal)
    {
        try
        {
            await GrainFactory.RoutingTrace(refusal.SessionId).Forget();
        }
        catch (Exception failure)
        {
            NotForgotten(failure, refusal.SessionId);
        }
    }

    private async Task<RoutingExplanation?> Remembered(string sessionId)
    {
        try
        {
            return await GrainFactory.RoutingTrace(sessionId).Explain();
        }
        catch (RoutingDecisionNotFoundException)
        {
            return null;
        }
    }

    /// <summary>What was learnt, as much as it counts today.</summary>
    private RoutingExperience Experience()
    {
        var now = clock.GetUtcNow();
        var experience = new RoutingExperience(state.State.Experience);
        var days = (int)(now - (state.State.DecayedAt ?? now)).TotalDays;
        if (days > 0)
            experience = experience.Decay(days);
        if (days > 0 || state.State.DecayedAt is null)
            state.State = state.State with { Experience = [.. experience.Rows], DecayedAt = (state.State.DecayedAt ?? now).AddDays(days) };
        return experience;
    }
}
