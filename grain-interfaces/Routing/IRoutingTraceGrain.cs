namespace Donmai.Routing;

/// <summary>Why one session ran where it ran (routing.md §4). Key: the session id.</summary>
[Alias("donmai.IRoutingTraceGrain")]
public interface IRoutingTraceGrain : IGrainWithStringKey
{
    /// <summary>Records a decision; the newest one wins.</summary>
    [Alias("Record")]
    Task Record(RoutingExplanation explanation);

    /// <summary>The decision and its trace.</summary>
    /// <exception cref="RoutingDecisionNotFoundException">None was recorded.</exception>
    [Alias("Explain")]
    Task<RoutingExplanation> Explain();

    /// <summary>Removes the decision, if there is one.</summary>
    [Alias("Forget")]
    Task Forget();
}
