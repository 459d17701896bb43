namespace Donmai.Routing;

/// <summary>No routing decision is known for that session: 404 with the id echoed.</summary>
[GenerateSerializer, Alias("donmai.RoutingDecisionNotFoundException")]
public sealed class RoutingDecisionNotFoundException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="sessionId">The id as it was given.</param>
    public RoutingDecisionNotFoundException(string sessionId)
        : base("routing decision not found")
    {
        SessionId = sessionId;
    }

    /// <summary>The id as it was given.</summary>
    [Id(0)] public string SessionId { get; private set; }
}
