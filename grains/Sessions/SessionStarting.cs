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
    /// <summary>Starts it.</summary>
    /// <exception cref="SessionRefusedException">No provider fits, or its worker could not be started.</exception>
    public async Task<SessionHandle> Start(SessionSpec spec, ProjectConfiguration project, DateTimeOffset acceptedAt)
    {
        var traceParent = SessionTrace.WordsNow();
        var routing = await Choose(spec, project);
        var tracing = grains.RoutingTrace(spec.SessionId).Record(routing);
        if (RoutingRefusal.Of(routing.Decision, spec.PinnedProvider) is { } refusal)
        {
            await tracing;
            throw new SessionRefusedException(refusal, RefusalReason.NoProvider);
        }

        var starting = grains.Session(spec.SessionId).Start(new SessionStart
        {
            Spec = spec,
            ProjectId = project.Id,
            CloneSource = ProjectAllowlist.CloneSource(project),
            Checkout = project.Checkout,
            Decision = routing.Decision,
            AcceptedAt = acceptedAt,
            Machine = machine,
            TraceParent = traceParent,
        });
        try
        {
            await Task.WhenAll(starting, tracing); // the disk is waited for once, not one after the other
        }
        catch (Exception failure) when (starting.IsCompletedSuccessfully)
        {
            NotTraced(failure, spec.SessionId); // it runs; its own record has the decision too
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
        });
    }
}
