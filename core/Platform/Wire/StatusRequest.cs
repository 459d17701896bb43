using System.Text.Json.Serialization;

namespace Donmai.Core.Platform.Wire;

/// <summary>Body of a status (platform-api.md §10.4, §11.2). Members that are <see langword="null"/> or 0 are left out.</summary>
public sealed record StatusRequest
{
    /// <summary>The worker whose session it is; the client fills it in.</summary>
    public string WorkerId { get; init; } = "";

    /// <summary><c>running</c>, <c>completed</c>, <c>failed</c> or <c>stopped</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The agent's own id of the session.</summary>
    public string? ProviderSessionId { get; init; }

    /// <summary>Where the work tree is.</summary>
    public string? WorktreePath { get; init; }

    /// <summary>What went wrong.</summary>
    public StatusError? Error { get; init; }

    /// <summary>Cost in US dollars.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public double TotalCostUsd { get; init; }

    /// <summary>Tokens read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long InputTokens { get; init; }

    /// <summary>Tokens written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long OutputTokens { get; init; }

    /// <summary>Tokens read from a cache.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long CachedInputTokens { get; init; }

    /// <summary>Turns of the agent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int NumTurns { get; init; }

    /// <summary>How the session failed (worker.md).</summary>
    public string? FailureMode { get; init; }

    /// <summary>The pull request.</summary>
    public string? PullRequestUrl { get; init; }

    /// <summary>The commit.</summary>
    public string? CommitSha { get; init; }

    /// <summary>The agent's own verdict.</summary>
    public string? WorkResult { get; init; }
}
