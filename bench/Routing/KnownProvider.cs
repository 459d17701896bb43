namespace Donmai.Bench.Routing;

/// <summary>A provider as it really is, which the router has to find out.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Success">Share of its sessions that are completed.</param>
/// <param name="CostCents">What a session costs on average.</param>
/// <param name="LatencyMs">How long a session takes on average.</param>
internal sealed record KnownProvider(string Id, double Success, double CostCents, double LatencyMs);
