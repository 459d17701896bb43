using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>What a worker reads at its start (control-api.md §4.10, daemon-runtime.md §10.2). Empty members are omitted on the wire.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionDetail")]
public sealed record SessionDetail
{
    /// <summary>The session's id; the only member that is always present.</summary>
    [Id(0)] public string SessionId { get; init; } = "";

    /// <summary>Issue id of the tracker.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? IssueId { get; init; }

    /// <summary>Human key of the issue, such as <c>ABC-12</c>.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? IssueIdentifier { get; init; }

    /// <summary>Session id of the tracker.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? LinearSessionId { get; init; }

    /// <summary>Provider session to continue.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ProviderSessionId { get; init; }

    /// <summary>Id of the matched allowlist entry.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ProjectName { get; init; }

    /// <summary>Organization the work belongs to.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? OrganizationId { get; init; }

    /// <summary>Clone source.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Repository { get; init; }

    /// <summary>Branch, tag or commit to start from.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Ref { get; init; }

    /// <summary>Kind of work (worker.md §7.2).</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorkType { get; init; }

    /// <summary>The task.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? PromptContext { get; init; }

    /// <summary>Body of the issue.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Body { get; init; }

    /// <summary>Title of the issue.</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Title { get; init; }

    /// <summary>Comment that mentioned the agent.</summary>
    [Id(13), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? MentionContext { get; init; }

    /// <summary>Context of the parent issue.</summary>
    [Id(14), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ParentContext { get; init; }

    /// <summary>Work branch.</summary>
    [Id(15), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Branch { get; init; }

    /// <summary>Provider, model and effort.</summary>
    [Id(16), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ResolvedProfile? ResolvedProfile { get; init; }

    /// <summary>Model profile.</summary>
    [Id(17), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ModelProfile? ModelProfile { get; init; }

    /// <summary>Worker id of this daemon at its orchestrator.</summary>
    [Id(18), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorkerId { get; init; }

    /// <summary>Current runtime token. Secret: never in grain state, never in a log.</summary>
    [Id(19), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? AuthToken { get; init; }

    /// <summary>The orchestrator's base URL; absent when the daemon has none.</summary>
    [Id(20), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? PlatformUrl { get; init; }

    /// <summary>Prompt of a stage; replaces the user prompt.</summary>
    [Id(21), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? StagePrompt { get; init; }

    /// <summary>Id of the stage.</summary>
    [Id(22), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? StageId { get; init; }

    /// <summary>Event that started the stage.</summary>
    [Id(23), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? StageSourceEventId { get; init; }

    /// <summary>Caps of the stage.</summary>
    [Id(24), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public StageBudget? StageBudget { get; init; }

    /// <summary>Opaque object of the stage's life cycle.</summary>
    [Id(25), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? StageLifecycle { get; init; }

    /// <summary>Additive: clone settings of the allowlist entry (worker.md §5.2).</summary>
    [Id(26), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ProjectCheckout? Project { get; init; }

    /// <summary>Additive: the session is asked to stop cooperatively (worker.md §2.4).</summary>
    [Id(27), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool Stop { get; init; }

    /// <summary>Additive: why it is asked to stop, e.g. <c>operator-cancelled</c>.</summary>
    [Id(28), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? StopMode { get; init; }

    /// <summary>Additive: longest life of the worker in seconds.</summary>
    [Id(29), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int MaxDurationSeconds { get; init; }

    /// <summary>Additive: replaces the system prompt that the worker would make (worker.md §7).</summary>
    [Id(30), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SystemPromptOverride { get; init; }

    /// <summary>Additive: tools that the agent must not use, beyond the usual ones.</summary>
    [Id(31), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<string>? DisallowedTools { get; init; }

    /// <summary>Additive: pool that the work was routed to.</summary>
    [Id(32), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? InjectedPoolId { get; init; }

    /// <summary>Additive: what the platform remembers for this work, as context of the prompt.</summary>
    [Id(33), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? MemoryBlock { get; init; }

    /// <summary>Additive: how the session is to be run, e.g. as an interview; empty means as usual.</summary>
    [Id(34), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Mode { get; init; }

    /// <summary>Additive: caps of an interactive session.</summary>
    [Id(35), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public InterviewBudget? InterviewBudget { get; init; }

    /// <summary>Additive: opaque object that describes an interview.</summary>
    [Id(36), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? InterviewDefinition { get; init; }

    /// <summary>Additive: opaque list of the kits that the work asks for.</summary>
    [Id(37), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Kits { get; init; }

    /// <summary>Additive: opaque object of the pull request that the work is about.</summary>
    [Id(38), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? PullRequest { get; init; }

    /// <summary>Additive: the platform's id of the project.</summary>
    [Id(39), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ProjectId { get; init; }

    /// <summary>Additive: the platform's id of the repository.</summary>
    [Id(40), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RepositoryId { get; init; }

    /// <summary>Additive: messages for the agent that it has not taken yet, oldest first (worker.md §8.2).</summary>
    [Id(41), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<InboxMessage>? Inbox { get; init; }

    /// <summary>
    /// Fields of the platform's work item that no member has, one JSON object; <see langword="null"/> when there are none. On the wire they stand
    /// beside the members (daemon-runtime.md §10.2, "Beyond the reference").
    /// </summary>
    [Id(42), JsonIgnore] public JsonText? OtherFields { get; init; }

    /// <summary>Additive: longest times of the session's phases; absent where the worker's own count.</summary>
    [Id(43), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public SessionBounds? Limits { get; init; }

    /// <summary>Additive: the event log keeps the provider's own messages (<c>session.logRaw</c>).</summary>
    [Id(44), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool LogRaw { get; init; }

    /// <summary>Additive: directory of the pool's member that the work tree is made from (workareas.md §8.3); absent when it is cloned.</summary>
    [Id(45), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SeedPath { get; init; }

    /// <summary>
    /// Additive: token that the platform has lent for the repository (worker.md §5.3). Secret: never in grain state, never in a log.
    /// </summary>
    [Id(46), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? GitToken { get; init; }

    // The text of a record has all its members, and no token must get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(SessionId)).Append(" = ").Append(SessionId);
        return true;
    }
}
