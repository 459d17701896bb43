namespace Donmai.Workareas;

/// <summary>How a session comes by its work tree (workareas.md §1, §8.3).</summary>
public static class AcquirePath
{
    /// <summary>Made from a member of the pool.</summary>
    public const string PoolWarm = "pool-warm";

    /// <summary>Cloned, while a member of the pool is made for those that follow.</summary>
    public const string PoolFresh = "pool-fresh";

    /// <summary>Cloned.</summary>
    public const string Cold = "cold";
}
