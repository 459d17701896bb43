using System.Collections.Immutable;

namespace Donmai.FakePlatform.Workers;

/// <summary>What heartbeats are told about the host (platform-api.md §6.7).</summary>
/// <param name="Status"><c>ok</c>, <c>pool_draining</c>, …; anything may be tried.</param>
/// <param name="RecommendedAction">A sentence for the operator.</param>
/// <param name="CandidatePoolIds">Pools the host could move to.</param>
public sealed record HostStatus(string Status, string? RecommendedAction = null, ImmutableList<string>? CandidatePoolIds = null);
