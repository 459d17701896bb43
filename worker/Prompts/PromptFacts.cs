using Donmai.Sessions;

namespace Donmai.Worker.Prompts;

/// <summary>What a prompt is made of (worker.md §7.2).</summary>
internal sealed record PromptFacts
{
    /// <summary>The work order's detail.</summary>
    public required SessionDetail Detail { get; init; }

    /// <summary>The work branch.</summary>
    public required string Branch { get; init; }

    /// <summary>Base branch; empty when unknown.</summary>
    public string BaseRef { get; init; } = "";

    /// <summary>Whether there is a work tree; else there is an empty directory that is thrown away.</summary>
    public bool HasWorktree { get; init; } = true;

    /// <summary>Instructions of the repository; blank for none.</summary>
    public string RepositoryInstructions { get; init; } = "";

    /// <summary>Skills of the kits; blank for none.</summary>
    public string Skills { get; init; } = "";

    /// <summary>Tools that kits refuse.</summary>
    public IReadOnlyList<string> Refusals { get; init; } = [];

    /// <summary>Program that reaches the issue tracker.</summary>
    public string Tracker { get; init; } = "pnpm af-linear";

    /// <summary>Text that replaces that of the work's group; <see langword="null"/> for none.</summary>
    public PromptOverride? Override { get; init; }

    /// <summary>Kind of work; <c>development</c> when none is given.</summary>
    public string WorkType => Or(Detail.WorkType, "development");

    /// <summary>Whether the work belongs to an issue.</summary>
    public bool HasIssue => !string.IsNullOrWhiteSpace(Detail.IssueIdentifier) || !string.IsNullOrWhiteSpace(Detail.IssueId);

    /// <summary>The trimmed text, or what stands for it when it is blank.</summary>
    public static string Or(string? text, string otherwise) => string.IsNullOrWhiteSpace(text) ? otherwise : text.Trim();
}
