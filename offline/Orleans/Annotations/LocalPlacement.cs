using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>The only place there is in one process.</summary>
internal sealed class LocalPlacement : PlacementStrategy
{
    public static LocalPlacement Instance { get; } = new();
}
