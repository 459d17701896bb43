using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>What a session's end meant for its issue, and what became of it (platform-api.md §12, worker.md §8.5). Empty members are omitted.</summary>
[GenerateSerializer, Immutable, Alias("donmai.IssueTransition")]
public sealed record IssueTransition
{
    /// <summary>Kind of work.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorkType { get; init; }

    /// <summary>The marker that was decided by: <c>passed</c>, <c>failed</c> or <c>unknown</c>.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorkResult { get; init; }

    /// <summary>Status the issue was to get.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TargetStatus { get; init; }

    /// <summary>Whether the platform was asked for it.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool Attempted { get; init; }

    /// <summary>Whether the issue got it.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool Succeeded { get; init; }

    /// <summary>
    /// <c>passed</c>, <c>failed</c>, <c>agent-failed</c>, <c>unknown</c>, <c>completed-non-sensitive</c>, <c>non-sensitive-failed</c>,
    /// <c>no-mapping</c>, <c>no-work-type</c> or <c>deferred-merge-queue</c>.
    /// </summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Reason { get; init; }

    /// <summary>Why the platform did not do it.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Error { get; init; }

    /// <summary>Whether the issue got a comment that says what is missing.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool DiagnosticPosted { get; init; }
}
