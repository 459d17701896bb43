using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>What is asked for when a session is to be started (control-api.md §4.9). The keys after <see cref="MaxDurationSeconds"/> are additive.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionSpec")]
public sealed record SessionSpec
{
    /// <summary>1 to 128 characters of <c>A–Z a–z 0–9 . _ : -</c>; names the session everywhere.</summary>
    [Id(0)] public string SessionId { get; init => field = value ?? ""; } = "";

    /// <summary>Repository: URL, <c>host/owner/name</c>, local path, or the id of an allowlist entry.</summary>
    [Id(1)] public string Repository { get; init => field = value ?? ""; } = "";

    /// <summary>Branch, tag or commit to start from; empty means the remote's default branch.</summary>
    [Id(2)] public string Ref { get; init => field = value ?? ""; } = "";

    /// <summary>Resources the session asks for, if any.</summary>
    [Id(3)] public SessionResources? Resources { get; init; }

    /// <summary>Extra environment of the worker; filtered (daemon-runtime.md §9.3). Handed to the worker and never recorded: it may hold secrets.</summary>
    [Id(4)] public Dictionary<string, string>? Env { get; init; }

    /// <summary>Longest life of the worker in seconds; 0 means the daemon's default.</summary>
    [Id(5)] public int MaxDurationSeconds { get; init; }

    /// <summary>The task in plain words; becomes the detail's <c>promptContext</c>.</summary>
    [Id(6)] public string? PromptContext { get; init; }

    /// <summary>Short title of the task.</summary>
    [Id(7)] public string? Title { get; init; }

    /// <summary>Work branch; empty means <c>agent/&lt;session id&gt;</c>.</summary>
    [Id(8)] public string? Branch { get; init; }

    /// <summary>Kind of work (worker.md §7.2); empty means <c>development</c>.</summary>
    [Id(9)] public string? WorkType { get; init; }

    /// <summary>Provider, model and effort wanted; a named provider is pinned (routing.md §6.1 rule 4).</summary>
    [Id(10)] public ResolvedProfile? ResolvedProfile { get; init; }

    /// <summary>Model profile; wins over <see cref="ResolvedProfile"/>.</summary>
    [Id(11)] public ModelProfile? ModelProfile { get; init; }

    /// <summary>Provider session to continue, when the provider can resume.</summary>
    [Id(12)] public string? ProviderSessionId { get; init; }

    /// <summary>The trace that the request belongs to (W3C <c>traceparent</c>); the header says it, never the body.</summary>
    [Id(13), JsonIgnore] public string? TraceParent { get; init; }

    /// <summary>
    /// The work item of the platform that this session was made from, as it came (platform-api.md §7.2); a session with one is a platform session.
    /// <see langword="null"/> for every other.
    /// </summary>
    [Id(14), JsonIgnore] public JsonText? WorkItem { get; init; }

    /// <summary>The provider this request pins, or <see langword="null"/> (worker.md §1.5).</summary>
    [JsonIgnore]
    public string? PinnedProvider =>
        FirstNonBlank(ModelProfile?.ProviderId, ResolvedProfile?.Provider, ResolvedProfile?.Runner)?.Trim().ToLowerInvariant();

    private static string? FirstNonBlank(params ReadOnlySpan<string?> candidates)
    {
        foreach (var candidate in candidates)
            if (!string.IsNullOrWhiteSpace(candidate))
                return candidate;
        return null;
    }
}
