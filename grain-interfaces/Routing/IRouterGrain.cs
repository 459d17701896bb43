namespace Donmai.Routing;

/// <summary>Chooses where sessions of one machine run, and learns from their ends (routing.md §2, §6). Key: the machine id.</summary>
[Alias("donmai.IRouterGrain")]
public interface IRouterGrain : IGrainWithStringKey
{
    /// <summary>
    /// Chooses for a session. An empty choice means that no candidate survived. The caller gives the decision to the session's
    /// <see cref="IRoutingTraceGrain"/> before it acknowledges the session.
    /// </summary>
    [Alias("Choose")]
    Task<RoutingExplanation> Choose(RoutingRequest request);

    /// <summary>Takes the end of a session into account.</summary>
    [Alias("Learn")]
    Task Learn(RoutingOutcome outcome);

    /// <summary>The recent decisions, oldest first (routing.md §2).</summary>
    [Alias("Recent")]
    Task<List<RoutingDecision>> Recent();
}
