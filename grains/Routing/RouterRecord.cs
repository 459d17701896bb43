using Donmai.Routing;

namespace Donmai.Grains.Routing;

/// <summary>What a router must not forget. Its recent decisions are in a file of their own.</summary>
[GenerateSerializer, Immutable, Alias("donmai.RouterRecord")]
internal sealed record RouterRecord
{
    /// <summary>What was learnt.</summary>
    [Id(0)] public List<ProviderExperience> Experience { get; init; } = [];

    /// <summary>When what was learnt last lost weight.</summary>
    [Id(1)] public DateTimeOffset? DecayedAt { get; init; }

    /// <summary>Sessions that were learnt from last, so that a repeated end teaches nothing.</summary>
    [Id(3)] public List<string> Learnt { get; init; } = [];
}
