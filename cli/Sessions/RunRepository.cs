namespace Donmai.Cli.Sessions;

/// <summary>The repository of a run, as <c>--repo</c> named it.</summary>
internal sealed record RunRepository
{
    /// <summary>What the daemon is asked for: an absolute path, or the text as it was given.</summary>
    public required string Address { get; init; }

    /// <summary>Top directory, when it is a repository of this machine.</summary>
    public string? LocalPath { get; init; }

    /// <summary>
    /// What to start from: the branch, tag or full commit id that <c>--ref</c> means in a repository of this machine, otherwise <c>--ref</c>
    /// as it was given.
    /// </summary>
    public string? Ref { get; init; }

    /// <summary>Whether the local tree has changes that a clone will not have.</summary>
    public bool HasUncommittedChanges { get; init; }
}
