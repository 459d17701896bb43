using System.Text;
using System.Text.Json;
using Donmai.Sessions;

namespace Donmai.Core.Platform;

/// <summary>One piece of work as the platform sends it (platform-api.md §7.2): the fields that this daemon knows. Every one may be absent.</summary>
public sealed record WorkItem
{
    private static readonly HashSet<string> DetailMembers = new(
        ControlApiJson.Default.SessionDetail.Properties.Select(static property => property.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Names the session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Slug of the project.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Repository, in any form of the allowlist.</summary>
    public string? Repository { get; init; }

    /// <summary>Branch, tag or commit to start from.</summary>
    public string? Ref { get; init; }

    /// <summary>Extra environment of the worker; may hold secrets and is never recorded.</summary>
    public Dictionary<string, string>? Env { get; init; }

    /// <summary>Longest life in seconds; 0 means the daemon's default.</summary>
    public int MaxDurationSeconds { get; init; }

    /// <summary>Resources that the session asks for.</summary>
    public SessionResources? Resources { get; init; }

    /// <summary>Issue id of the tracker.</summary>
    public string? IssueId { get; init; }

    /// <summary>Human key of the issue.</summary>
    public string? IssueIdentifier { get; init; }

    /// <summary>Session id of the tracker.</summary>
    public string? LinearSessionId { get; init; }

    /// <summary>Provider session to continue.</summary>
    public string? ProviderSessionId { get; init; }

    /// <summary>Organization the work belongs to.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Kind of work.</summary>
    public string? WorkType { get; init; }

    /// <summary>The task.</summary>
    public string? PromptContext { get; init; }

    /// <summary>Body of the issue.</summary>
    public string? Body { get; init; }

    /// <summary>Title of the issue.</summary>
    public string? Title { get; init; }

    /// <summary>Comment that mentioned the agent.</summary>
    public string? MentionContext { get; init; }

    /// <summary>Context of the parent issue.</summary>
    public string? ParentContext { get; init; }

    /// <summary>Work branch.</summary>
    public string? Branch { get; init; }

    /// <summary>Provider, model and effort.</summary>
    public ResolvedProfile? ResolvedProfile { get; init; }

    /// <summary>Model profile; wins over <see cref="ResolvedProfile"/>.</summary>
    public ModelProfile? ModelProfile { get; init; }

    /// <summary>Prompt of a stage.</summary>
    public string? StagePrompt { get; init; }

    /// <summary>Id of the stage.</summary>
    public string? StageId { get; init; }

    /// <summary>Event that started the stage.</summary>
    public string? StageSourceEventId { get; init; }

    /// <summary>Caps of the stage.</summary>
    public StageBudget? StageBudget { get; init; }

    /// <summary>Opaque object of the stage's life cycle.</summary>
    public JsonText? StageLifecycle { get; init; }

    /// <summary>Replaces the system prompt.</summary>
    public string? SystemPromptOverride { get; init; }

    /// <summary>Tools that the agent must not use.</summary>
    public List<string>? DisallowedTools { get; init; }

    /// <summary>Pool that the work was routed to.</summary>
    public string? InjectedPoolId { get; init; }

    /// <summary>What the platform remembers for this work.</summary>
    public string? MemoryBlock { get; init; }

    /// <summary>How the session is to be run.</summary>
    public string? Mode { get; init; }

    /// <summary>Caps of an interactive session.</summary>
    public InterviewBudget? InterviewBudget { get; init; }

    /// <summary>Longest times of the session's phases.</summary>
    public SessionBounds? Limits { get; init; }

    /// <summary>Opaque object that describes an interview.</summary>
    public JsonText? InterviewDefinition { get; init; }

    /// <summary>Opaque list of kits.</summary>
    public JsonText? Kits { get; init; }

    /// <summary>Opaque object of a pull request.</summary>
    public JsonText? PullRequest { get; init; }

    /// <summary>The platform's id of the project.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The platform's id of the repository.</summary>
    public string? RepositoryId { get; init; }

    /// <summary>Reads an item.</summary>
    /// <param name="item">Its text.</param>
    /// <exception cref="JsonException">A field is not what it must be; the message names it.</exception>
    public static WorkItem Read(JsonText item) =>
        JsonSerializer.Deserialize(item.Text, WorkJson.Default.WorkItem) ?? throw new JsonException("A work item is null.");

    /// <summary>An item as it may be recorded: without its variables, which may hold secrets.</summary>
    public static JsonText ToRecord(JsonText item) => Without(item, static name => IsSame(name, nameof(Env))) ?? new JsonText("{}");

    /// <summary>The fields of an item that no member of <see cref="SessionDetail"/> has, for workers newer than this daemon (daemon-runtime.md §10.2).</summary>
    /// <returns>An object; <see langword="null"/> when there are none.</returns>
    public static JsonText? OtherFields(JsonText item) => Without(item, static name => IsSame(name, nameof(Env)) || DetailMembers.Contains(name));

    private static bool IsSame(string name, string member) => string.Equals(name, member, StringComparison.OrdinalIgnoreCase);

    private static JsonText? Without(JsonText item, Func<string, bool> isLeftOut)
    {
        using var document = JsonDocument.Parse(item.Text);
        var kept = new Dictionary<string, string>(StringComparer.Ordinal); // of a name that comes twice the last value counts
        foreach (var field in document.RootElement.EnumerateObject())
            if (!isLeftOut(field.Name))
                kept[field.Name] = field.Value.GetRawText();
        if (kept.Count == 0)
            return null;
        var text = new StringBuilder("{");
        foreach (var (name, value) in kept)
            text.Append(text.Length > 1 ? "," : "").Append('"').Append(JsonEncodedText.Encode(name)).Append("\":").Append(value);
        return new JsonText(text.Append('}').ToString());
    }
}
