using Donmai.Core.Platform;
using Donmai.Sessions;

namespace Donmai.Grains.Sessions;

/// <summary>What the platform has said about a session beyond what every session has (daemon-runtime.md §10.2).</summary>
/// <param name="Item">The fields that are known.</param>
/// <param name="OtherFields">The fields that are not; <see langword="null"/> when there are none.</param>
internal sealed record PlatformWork(WorkItem Item, JsonText? OtherFields)
{
    /// <summary>Reads a recorded work item.</summary>
    public static PlatformWork Read(JsonText item) => new(WorkItem.Read(item), WorkItem.OtherFields(item));

    /// <summary>The detail with the fields of the item that no other source has.</summary>
    public SessionDetail Complete(SessionDetail detail) => detail with
    {
        IssueId = NullWhenEmpty(Item.IssueId),
        IssueIdentifier = NullWhenEmpty(Item.IssueIdentifier),
        LinearSessionId = NullWhenEmpty(Item.LinearSessionId),
        OrganizationId = NullWhenEmpty(Item.OrganizationId),
        Body = NullWhenEmpty(Item.Body),
        MentionContext = NullWhenEmpty(Item.MentionContext),
        ParentContext = NullWhenEmpty(Item.ParentContext),
        StagePrompt = NullWhenEmpty(Item.StagePrompt),
        StageId = NullWhenEmpty(Item.StageId),
        StageSourceEventId = NullWhenEmpty(Item.StageSourceEventId),
        StageBudget = Item.StageBudget,
        StageLifecycle = Item.StageLifecycle,
        SystemPromptOverride = NullWhenEmpty(Item.SystemPromptOverride),
        DisallowedTools = Item.DisallowedTools is { Count: > 0 } tools ? tools : null,
        InjectedPoolId = NullWhenEmpty(Item.InjectedPoolId),
        MemoryBlock = NullWhenEmpty(Item.MemoryBlock),
        Mode = NullWhenEmpty(Item.Mode),
        InterviewBudget = Item.InterviewBudget,
        Limits = Item.Limits?.Over(detail.Limits) ?? detail.Limits,
        InterviewDefinition = Item.InterviewDefinition,
        Kits = Item.Kits,
        PullRequest = Item.PullRequest,
        ProjectId = NullWhenEmpty(Item.ProjectId),
        RepositoryId = NullWhenEmpty(Item.RepositoryId),
        OtherFields = OtherFields,
    };

    private static string? NullWhenEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
