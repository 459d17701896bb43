namespace Donmai.Core.Git;

/// <summary>Why git could not make a work tree (worker.md §5.2).</summary>
public enum GitFailureClass
{
    /// <summary>Anything not recognised (<c>clone-failed</c>).</summary>
    Other,

    /// <summary>The remote refused the credentials (<c>clone-auth</c>).</summary>
    Authentication,

    /// <summary>There is no such repository (<c>clone-not-found</c>).</summary>
    NotFound,

    /// <summary>There is no such branch, tag or commit (<c>ref-not-found</c>).</summary>
    ReferenceNotFound,

    /// <summary>The remote could not be reached or broke off (<c>clone-network</c>).</summary>
    Network,

    /// <summary>The disk is full or under its floor (<c>disk-full</c>).</summary>
    DiskFull,
}
