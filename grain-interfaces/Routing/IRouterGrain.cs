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

    /// <summary>
    /// Chooses the next of the ordered list after the session could not be started on <paramref name="failed"/> (routing.md §6.1 rule 6): never
    /// anything outside of it. An empty choice means that the list has come to its end. Recorded like <see cref="Choose"/>.
    /// </summary>
    /// <param name="failed">The decision so far.</param>
    /// <param name="reason">Why it could not be started.</param>
    [Alias("ChooseNext")]
    Task<RoutingExplanation> ChooseNext(RoutingExplanation failed, string reason);

    /// <summary>Takes the end of a session into account.</summary>
    [Alias("Learn")]
    Task Learn(RoutingOutcome outcome);

    /// <summary>The recent decisions, oldest first (routing.md §2).</summary>
    [Alias("Recent")]
    Task<List<RoutingDecision>> Recent();

    /// <summary>How sessions are routed, and what was learnt so far (routing.md §3).</summary>
    [Alias("Config")]
    Task<RoutingConfig> Config();

    /// <summary>Draws decisions about such a session from what was learnt, or from supposed values; nothing is recorded.</summary>
    /// <exception cref="InvalidRoutingSimulationException">A value is out of its range.</exception>
    [Alias("Simulate")]
    Task<RoutingSimulation> Simulate(RoutingSimulationRequest request);
}
