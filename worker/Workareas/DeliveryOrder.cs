namespace Donmai.Worker.Workareas;

/// <summary>What is to become of an agent's work (worker.md §8.3).</summary>
internal sealed record DeliveryOrder
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>Human key of the issue; empty for none.</summary>
    public string IssueIdentifier { get; init; } = "";

    /// <summary>Title of the issue; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Whether a pull request is wanted.</summary>
    public required bool WantsPullRequest { get; init; }

    /// <summary>Whether the agent says that its work is whole; else the pull request is a draft.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Whether hooks of the repository that refuse a commit are passed over.</summary>
    public bool SkipHooks { get; init; }
}
