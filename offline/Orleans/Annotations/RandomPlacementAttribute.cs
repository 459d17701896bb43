namespace Orleans.Placement;

/// <summary>Activations are placed on any silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RandomPlacementAttribute() : PlacementAttribute(LocalPlacement.Instance);
