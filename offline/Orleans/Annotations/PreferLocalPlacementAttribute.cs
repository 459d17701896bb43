namespace Orleans.Placement;

/// <summary>Activations are placed where they are called first.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PreferLocalPlacementAttribute() : PlacementAttribute(LocalPlacement.Instance);
