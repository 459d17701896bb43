namespace Donmai.Worker.Workareas;

/// <summary>A pull request that is to be opened.</summary>
internal sealed record PullRequestOrder
{
    /// <summary>Branch it goes into; empty for the default branch.</summary>
    public required string Base { get; init; }

    /// <summary>Branch it brings in.</summary>
    public required string Head { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its text.</summary>
    public required string Body { get; init; }

    /// <summary>Whether it is still to be looked at before anybody merges it.</summary>
    public bool IsDraft { get; init; }
}
