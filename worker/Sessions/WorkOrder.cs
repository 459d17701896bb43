using Donmai.Sessions;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Sessions;

/// <summary>The session detail in the worker's own shape (worker.md §1.5).</summary>
internal sealed record WorkOrder
{
    private const string DefaultProvider = "claude";
    private static readonly TimeSpan DefaultIdleGrace = TimeSpan.FromSeconds(60);

    // No session lives longer, and no timer takes any number.
    private static readonly TimeSpan LongestIdleGrace = TimeSpan.FromDays(1);

    /// <summary>Everything that is copied unchanged.</summary>
    public required SessionDetail Detail { get; init; }

    /// <summary>Provider name in lower case.</summary>
    public required string Provider { get; init; }

    /// <summary>Model; empty means the provider's default.</summary>
    public string Model { get; init; } = "";

    /// <summary>Effort; empty means the provider's default.</summary>
    public string Effort { get; init; } = "";

    /// <summary>Free-form configuration of the profile.</summary>
    public ProviderConfiguration Configuration { get; init; } = ProviderConfiguration.Empty;

    /// <summary>Credential to use, by id; empty means the provider's own.</summary>
    public string CredentialId { get; init; } = "";

    /// <summary>Branch asked for; empty means <c>agent/&lt;session id&gt;</c>.</summary>
    public string Branch { get; init; } = "";

    /// <summary>The session's id.</summary>
    public string SessionId => Detail.SessionId;

    /// <summary>
    /// How long the session waits for the next message of whoever talks to its agent (worker.md §8.2); <see langword="null"/> when nobody does.
    /// </summary>
    public TimeSpan? IdleGrace => Detail.InterviewBudget switch
    {
        { IdleGraceSeconds: > 0 and var seconds } => TimeSpan.FromSeconds(Math.Min(seconds, LongestIdleGrace.TotalSeconds)),
        null when !IsInteractive => null,
        _ => DefaultIdleGrace,
    };

    /// <summary>Kind of work.</summary>
    public string WorkType => string.IsNullOrWhiteSpace(Detail.WorkType) ? "development" : Detail.WorkType.Trim();

    /// <summary>Nobody but this machine waits for the session: it has no platform token.</summary>
    public bool IsLocal => string.IsNullOrWhiteSpace(Detail.AuthToken);

    private bool IsInteractive => Detail.Mode?.Trim().ToLowerInvariant() is "interactive" or "interview";

    /// <summary>Maps a detail; the orchestrated run's variables stand in where it has no profile.</summary>
    public static WorkOrder From(SessionDetail detail, WorkerVariables variables)
    {
        var resolved = detail.ResolvedProfile;
        var model = detail.ModelProfile;
        var provider = First(model?.ProviderId, resolved?.Provider, resolved?.Runner);
        var configuration = ProviderConfiguration.From(resolved?.ProviderConfig);
        var hasProfile = model is not null || resolved is not null;
        return new WorkOrder
        {
            Detail = detail,
            Provider = (provider ?? (hasProfile ? null : variables.Text("DONMAI_AGENT_PROVIDER")) ?? DefaultProvider).Trim().ToLowerInvariant(),
            Model = (model is not null ? model.Model : resolved?.Model ?? (hasProfile ? null : variables.Text("DONMAI_AGENT_MODEL")))?.Trim() ?? "",
            Effort = (model is not null ? model.Mode : resolved?.Effort)?.Trim() ?? "",
            Configuration = model is null
                ? configuration
                : configuration.With("contextWindow", model.Context).With("maxOutputTokens", model.MaxOutputTokens),
            CredentialId = resolved?.CredentialId ?? "",
            Branch = detail.Branch?.Trim() ?? "",
        };
    }

    /// <summary>Checks the minimum input; the first failure wins (worker.md §1.5).</summary>
    /// <exception cref="SessionFailureException">Something is missing (<c>prompt-render</c>).</exception>
    public void Check()
    {
        if (SessionId.Length == 0)
            throw Missing("the work order has no session id");
        if (First(Detail.IssueIdentifier, Detail.PromptContext, Detail.Body, Detail.StagePrompt) is null)
            throw Missing("there is nothing to do: the work order has neither an issue, nor a prompt, nor a body");
        if (IsLocal)
            return;
        if (string.IsNullOrWhiteSpace(Detail.PlatformUrl))
            throw Missing("the work order has a platform token but no platform URL");
        if (string.IsNullOrWhiteSpace(Detail.WorkerId))
            throw Missing("the work order has a platform token but no worker id");
    }

    private static SessionFailureException Missing(string what) => new(FailureMode.PromptRender, what);

    private static string? First(params ReadOnlySpan<string?> candidates)
    {
        foreach (var candidate in candidates)
            if (!string.IsNullOrWhiteSpace(candidate))
                return candidate;
        return null;
    }
}
