namespace Donmai.Core.Platform.Wire;

/// <summary>Something that is asked of the issue tracker (platform-api.md §12).</summary>
public sealed record ProxyRequest
{
    /// <summary><c>updateIssueStatus</c> or <c>createComment</c>.</summary>
    public required string Method { get; init; }

    /// <summary>What it is done with: the issue, then the status or the comment.</summary>
    public required List<string> Args { get; init; }

    /// <summary>The organization, when one is named.</summary>
    public string? OrganizationId { get; init; }
}
