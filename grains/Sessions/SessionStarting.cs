using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Core.Sessions;
using Donmai.Routing;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

/// <summary>Starts a session that has its slot: chooses where it runs, records why, and hands it to its grain (architecture.md §4).</summary>
/// <param name="grains">The grains.</param>
/// <param name="machine">The machine it runs on.</param>
/// <param name="logger">Log of the spawner.</param>
internal sealed partial class SessionStarting(IGrainFactory grains, string machine, ILogger logger)
{
    /// <summary>Starts it; where that fails on the choice, on the next of the same order (routing.md §6.1 rule 6).</summary>
    /// <exception cref="SessionRefusedException">No provider fits, or its worker could not be started on any.</exception>
    public async Task<SessionHandle> Start(SessionSpec spec, ProjectConfiguration project, DateTimeOffset acceptedAt)
    {
        var start = new SessionStart
        {
            Spec = spec,
            ProjectId = project.Id,
            CloneSource = ProjectAllowlist.CloneSource(project),
            Checkout = project.Checkout,
            AcceptedAt = acceptedAt,
            Machine = machine,
            TraceParent = SessionTrace.WordsNow(),
        };
        var routing = await Choose(spec, project);
        if (RoutingRefusal.Of(routing.Decision, spec.PinnedProvider) is { } refusal)
        {
            await grains.RoutingTrace(spec.SessionId).Record(routing);
            throw new SessionRefusedException(refusal, RefusalReason.NoProvider);
        }

        while (true)
        {
            try
            {
                return await Start(start, routing);
            }
            catch (SessionRefusedException failure) when (failure.Reason != RefusalReason.WorkerStart)
            {
                await Afterwards(spec.SessionId, grains.RoutingTrace(spec.SessionId).Forget()); // another provider would be refused as well
                throw;
            }
            catch (SessionRefusedException failure)
            {
                routing = await grains.Router(machine).ChooseNext(routing, failure.Message);
                if (routing.Decision.ChosenLlm.Length > 0)
                    continue;
                await Afterwards(spec.SessionId, grains.RoutingTrace(spec.SessionId).Record(routing));
                throw;
            }
        }
    }

    /// <summary>What is noted of a refusal does not take its place.</summary>
    private async Task Afterwards(string sessionId, Task noted)
    {
        try
        {
            await noted;
        }
        catch (Exception failure)
        {
            RefusalNotTraced(failure, sessionId);
        }
    }

    private async Task<SessionHandle> Start(SessionStart start, RoutingExplanation routing)
    {
        var tracing = grains.RoutingTrace(start.Spec.SessionId).Record(routing);
        var starting = grains.Session(start.Spec.SessionId).Start(start with { Decision = routing.Decision });
        try
        {
            await Task.WhenAll(starting, tracing); // the disk is waited for once, not one after the other
        }
        catch (Exception failure) when (starting.IsCompletedSuccessfully)
        {
            NotTraced(failure, start.Spec.SessionId); // it runs; its own record has the decision too
        }

        return await starting;
    }

    private async Task<RoutingExplanation> Choose(SessionSpec spec, ProjectConfiguration project)
    {
        using var step = SessionTrace.Begin("choose provider", sessionId: spec.SessionId);
        return await grains.Router(machine).Choose(new RoutingRequest
        {
            SessionId = spec.SessionId,
            ProjectId = project.Id,
            PinnedProvider = spec.PinnedProvider,
            Model = spec.ModelProfile?.Model ?? spec.ResolvedProfile?.Model,
            Resources = spec.Resources,
            MaxDurationSeconds = spec.MaxDurationSeconds,
        });
    }
}
