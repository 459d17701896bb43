using Donmai.Sessions;

namespace Donmai.Worker.Workareas;

/// <summary>What a work tree is made from (worker.md §5.2).</summary>
internal sealed record WorktreeRequest
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>Human key of the issue; empty for none.</summary>
    public string IssueIdentifier { get; init; } = "";

    /// <summary>Repository of the work order.</summary>
    public required string Repository { get; init; }

    /// <summary>Branch, tag or full commit id to start from; empty means the remote's default branch.</summary>
    public string Ref { get; init; } = "";

    /// <summary>Work branch asked for; empty means <c>agent/&lt;session id&gt;</c>.</summary>
    public string Branch { get; init; } = "";

    /// <summary>How the project is cloned.</summary>
    public ProjectCheckout Checkout { get; init; } = new();

    /// <summary>Directory of the pool's member that it is made from; empty to clone it.</summary>
    public string SeedPath { get; init; } = "";

    /// <summary>Branches that the owner of the machine protects; <c>*</c> stands for anything.</summary>
    public IReadOnlyList<string> ProtectedPatterns { get; init; } = [];
}
