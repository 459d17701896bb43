namespace Donmai.Workareas;

/// <summary>What becomes of a session's tree when it is given back (workareas.md §8.3). What it held of the pool is free in every mode.</summary>
public static class ReleaseMode
{
    /// <summary>Archived, as the policy of archives says.</summary>
    public const string Archive = "archive";

    /// <summary>Removed.</summary>
    public const string Destroy = "destroy";

    /// <summary>Removed: a tree of a session is never a member of the pool again, the member it was made from is.</summary>
    public const string ReturnToPool = "return-to-pool";

    /// <summary>As <see cref="ReturnToPool"/>, with a warning: a tree of this machine cannot be paused.</summary>
    public const string Pause = "pause";
}
