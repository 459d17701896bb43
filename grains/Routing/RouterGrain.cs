using System.Security.Cryptography;
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
    IAgentRuntimes runtimes,
    HostEnvironment host,
    RoutingLog log,
    IDaemonConfiguration configuration,
    TimeProvider clock,
    ILogger<RouterGrain> logger) : Grain, IRouterGrain
{
    /// <summary>More than the sessions whose end a recovery may repeat: a page of history and every slot.</summary>
    private const int LearntKept = 256;

    private readonly GroupedWrites _writes = new(state);
    private RecentDecisions? _recent;

    private RecentDecisions Recently => _recent ??= new RecentDecisions(log, () => configuration.Current.Routing.RingSize, GrainFactory, clock, logger);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Recently.Load();

    public async Task<RoutingExplanation> Choose(RoutingRequest request)
    {
        var explanation = SourceFor(request).Decide(DemandOf(request), clock.GetUtcNow());
        if (state.State.Learnt.Contains(request.SessionId))
        {
            state.State = state.State with { Learnt = [.. state.State.Learnt.Where(learnt => learnt != request.SessionId)] }; // a new life of the same id
            _ = Save();
        }

        await Recently.Record(explanation);
        return explanation;
    }

    public async Task<RoutingExplanation> ChooseNext(RoutingExplanation failed, string reason)
    {
        var next = RoutingFallback.Next(failed, reason, configuration.Current.Routing, clock.GetUtcNow());
        if (next.Decision.ChosenLlm.Length > 0)
            FellBack(failed.SessionId, failed.Decision.ChosenLlm, next.Decision.ChosenLlm);
        else
            CameToTheEnd(failed.SessionId, failed.Decision.ChosenLlm);
        await Recently.Record(next);
        return next;
    }

    public Task Learn(RoutingOutcome outcome)
    {
        if (!state.State.Learnt.Contains(outcome.SessionId))
        {
            var learnt = Experience().Learn(outcome); // first: it may decay what was learnt before
            state.State = state.State with
            {
                Experience = [.. learnt.Rows],
                Learnt = [.. state.State.Learnt.TakeLast(LearntKept - 1), outcome.SessionId],
            };
        }

        _ = Save();
        return Task.CompletedTask;
    }

    public Task<List<RoutingDecision>> Recent() => Task.FromResult(Recently.All());

    public Task<RoutingConfig> Config() => Task.FromResult(RoutingProjection.Of(
        configuration.Current.Routing,
        Experience(),
        runtimes.All.Select(static runtime => runtime.Name),
        [LocalSandbox.Id],
        Recently.All(),
        clock.GetUtcNow()));

    public Task<RoutingSimulation> Simulate(RoutingSimulationRequest request)
    {
        RoutingRehearsal.Check(request);
        var demand = DemandOf(new RoutingRequest
        {
            ProjectId = request.ProjectId,
            PinnedProvider = request.PinnedProvider,
            Model = request.Model,
            Resources = request.Resources,
            MaxDurationSeconds = request.MaxDurationSeconds,
        });
        var seed = request.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue); // only a name for the draws, which the answer tells
        return Task.Run(() => RoutingRehearsal.Run(demand, request, seed, clock.GetUtcNow()));
    }

    private RoutingPipeline SourceFor(RoutingRequest request) =>
        configuration.Current.Routing.Seed is { } seed ? new RoutingPipeline(RoutingSeed.For(seed, request.SessionId)) : pipeline;

    private RoutingDemand DemandOf(RoutingRequest request)
    {
        var current = configuration.Current;
        return new RoutingDemand
        {
            Request = request,
            Configuration = current.Routing,
            Sandboxes = [LocalSandbox.Candidate(current, host, request.Resources?.Tools)],
            Runtimes = providers.Runtimes(request.PinnedProvider),
            Experience = Experience(),
        };
    }

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

    /// <summary>What was learnt, as much as it counts today.</summary>
    private RoutingExperience Experience()
    {
        var now = clock.GetUtcNow();
        var experience = new RoutingExperience(state.State.Experience);
        var days = (int)(now - (state.State.DecayedAt ?? now)).TotalDays;
        if (days > 0)
            experience = experience.Decay(days);
        if (days > 0 || state.State.DecayedAt is null)
        {
            state.State = state.State with { Experience = [.. experience.Rows], DecayedAt = (state.State.DecayedAt ?? now).AddDays(days) };
            _ = Save();
        }

        return experience;
    }
}
