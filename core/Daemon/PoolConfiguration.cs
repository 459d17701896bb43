namespace Donmai.Core.Daemon;

/// <summary>What is kept ready for sessions (<c>workarea.pool</c>, workareas.md §8.3).</summary>
public sealed record PoolConfiguration
{
    /// <summary>Members to keep for a repository that has been used, when the file says nothing.</summary>
    public const int UsualWarm = 1;

    /// <summary>Most members of one repository.</summary>
    public const int MostWarm = 16;

    /// <summary>Members to keep for a repository that has been used, 0 to <see cref="MostWarm"/> (<c>warm</c>); 0 keeps none.</summary>
    public int Warm { get; init; }

    /// <summary>Hours after which a member is made anew, at least 1 (<c>maxAgeHours</c>).</summary>
    public int MaxAgeHours { get; init; } = 24;

    /// <summary>Names of files that a member depends on, besides lock files (<c>canonicalFiles</c>).</summary>
    public IReadOnlyList<string> CanonicalFiles { get; init; } = [];
}
