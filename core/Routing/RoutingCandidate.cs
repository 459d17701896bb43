using System.Collections.Frozen;

namespace Donmai.Core.Routing;

/// <summary>Something a session could run in or on, and what is known of it now.</summary>
public sealed record RoutingCandidate
{
    /// <summary>Provider id, e.g. <c>local</c> or <c>claude</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Declared capabilities by field, e.g. <c>os</c>, <c>arch</c>, <c>vCpu</c>.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Why the candidate cannot serve this session at all; <see langword="null"/> when it can.</summary>
    public string? Unfit { get; init; }

    /// <summary>Why this daemon does not permit it; <see langword="null"/> when it does.</summary>
    public string? Forbidden { get; init; }

    /// <summary>Why it cannot be used now, and what to do; <see langword="null"/> when it is well.</summary>
    public string? Unavailable { get; init; }

    /// <summary>Slots in use.</summary>
    public int SlotsUsed { get; init; }

    /// <summary>All slots; <see langword="null"/> when the limit is unknown, which is neither full nor unlimited.</summary>
    public int? SlotLimit { get; init; }
}
