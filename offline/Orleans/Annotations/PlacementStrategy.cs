namespace Orleans.Runtime;

/// <summary>A rule of placement. With one silo every rule leads there.</summary>
public abstract class PlacementStrategy
{
    public virtual bool IsUsingGrainDirectory => true;
}
