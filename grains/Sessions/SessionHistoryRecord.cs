using Donmai.Sessions;

namespace Donmai.Grains.Sessions;

/// <summary>One page of ended sessions.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionHistoryRecord")]
internal sealed record SessionHistoryRecord
{
    /// <summary>The sessions, in the order they ended.</summary>
    [Id(0)] public List<SessionHandle> Ended { get; init; } = [];
}
