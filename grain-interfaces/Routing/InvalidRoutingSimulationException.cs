namespace Donmai.Routing;

/// <summary>A simulation was asked for with values that no session and no experience can have: 400.</summary>
[GenerateSerializer, Alias("donmai.InvalidRoutingSimulationException")]
public sealed class InvalidRoutingSimulationException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">Which value, and what it may be.</param>
    public InvalidRoutingSimulationException(string message)
        : base(message)
    {
    }
}
