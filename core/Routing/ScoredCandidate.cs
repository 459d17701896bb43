namespace Donmai.Core.Routing;

/// <summary>A survivor of the filters with its place in the order.</summary>
/// <param name="Candidate">The survivor.</param>
/// <param name="Score">Its score; 0 when nothing is scored.</param>
/// <param name="CostCents">What it is expected to cost in US cents, when known.</param>
/// <param name="LatencyMs">How long it is expected to take in milliseconds, when known.</param>
internal sealed record ScoredCandidate(RoutingCandidate Candidate, double Score, double? CostCents, double? LatencyMs);
