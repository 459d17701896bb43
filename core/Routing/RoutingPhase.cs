namespace Donmai.Core.Routing;

/// <summary>The phases of a decision, which are also the reasons of eliminations; stable wire strings (routing.md §1.2).</summary>
public static class RoutingPhase
{
    /// <summary>Demands against declared capabilities.</summary>
    public const string CapabilityFilter = "capability-filter";

    /// <summary>What the project may use.</summary>
    public const string TenantPolicy = "tenant-policy";

    /// <summary>Health and free slots.</summary>
    public const string CapacityFilter = "capacity-filter";

    /// <summary>Order of the survivors.</summary>
    public const string Score = "score";

    /// <summary>Reason of those that came after the first.</summary>
    public const string ScoreLoss = "score-loss";
}
