namespace Donmai.Core.Workareas.Pool;

/// <summary>Files of a member that a worker reads (workareas.md §8.3): a clone of which nothing is checked out.</summary>
public static class SeedFiles
{
    /// <summary>Git's directory in a member.</summary>
    public const string Git = ".git";

    /// <summary>Left in a member by a worker that found it damaged.</summary>
    public const string Damaged = "damaged";
}
