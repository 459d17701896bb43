using System.Text.Json;
using Donmai.Core.Platform.Wire;
using Donmai.Sessions;

namespace Donmai.Core.Platform;

/// <summary>The requests of one run of a session, as they are written into its outbox (worker.md §2.9).</summary>
/// <param name="sessionId">The session.</param>
/// <param name="run">Tells this run of the session from every other one: a platform may order a session again.</param>
/// <param name="platformUrl">The platform they are for.</param>
/// <param name="clock">Time.</param>
public sealed class OutboxRequests(string sessionId, long run, string platformUrl, TimeProvider clock)
{
    private const string Tracker = "/api/issue-tracker-proxy";
    private const string Running = "running";

    /// <summary>What the post that the session runs is called by; it is never kept.</summary>
    public string RunningKey => Id(Running);

    private string Session => $"/api/sessions/{Uri.EscapeDataString(sessionId)}";

    /// <summary>The run of a session whose worker was started at that moment.</summary>
    public static long RunOf(DateTimeOffset startedAt) => startedAt.ToUnixTimeMilliseconds();

    /// <summary>The words about the session's end.</summary>
    public OutboxEntry Completion(SessionResult result) => Entry(
        OutboxKind.Completion,
        OutboxKind.Completion,
        $"{Session}/completion",
        JsonSerializer.Serialize(TerminalPosts.Completion(result), PlatformJson.Default.CompletionRequest));

    /// <summary>The session's terminal status.</summary>
    public OutboxEntry Status(SessionResult result) => Entry(
        OutboxKind.Status, OutboxKind.Status, $"{Session}/status", JsonSerializer.Serialize(TerminalPosts.Status(result), PlatformJson.Default.StatusRequest));

    /// <summary>Something that is asked of the issue tracker.</summary>
    /// <param name="kind"><see cref="OutboxKind.IssueStatus"/> or <see cref="OutboxKind.Comment"/>.</param>
    /// <param name="number">Tells it from others of its kind, from 1.</param>
    /// <param name="request">What is asked for.</param>
    public OutboxEntry Issue(string kind, int number, ProxyRequest request) =>
        Entry(kind, number == 1 ? kind : $"{kind}-{number}", Tracker, JsonSerializer.Serialize(request, PlatformJson.Default.ProxyRequest));

    /// <summary>Something the agent did.</summary>
    /// <param name="number">Its number in the run, from 1.</param>
    /// <param name="activity">What it did.</param>
    public OutboxEntry Activity(long number, PlatformActivity activity) => Entry(
        OutboxKind.Activity,
        $"a{number}",
        $"{Session}/activity",
        JsonSerializer.Serialize(new ActivityRequest { Activity = activity }, PlatformJson.Default.ActivityRequest));

    private string Id(string name) => $"{sessionId}-{run}-{name}";

    private OutboxEntry Entry(string kind, string name, string path, string body) => new()
    {
        Id = Id(name),
        Kind = kind,
        SessionId = sessionId,
        Path = path,
        Body = new JsonText(body),
        CreatedAt = clock.GetUtcNow(),
        PlatformUrl = platformUrl,
    };
}
