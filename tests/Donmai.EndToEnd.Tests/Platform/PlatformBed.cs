using System.Text.Json.Nodes;
using Donmai.FakePlatform;
using Donmai.FakePlatform.Sessions;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>A machine with two projects, fake agents, and a platform that it is configured for.</summary>
internal sealed class PlatformBed : IAsyncDisposable
{
    /// <summary>The registration token; it comes to the daemon by its environment, and must be found nowhere.</summary>
    public const string Token = "rsk_live_1f6f0a7c93e2";

    private PlatformBed(PlatformServer platform)
    {
        Platform = platform;
        Agents = new FakeAgents(Installation);
        Shop = GitRepository.Create(Path.Combine(Installation.Directory, "shop"), files: 2);
        Billing = GitRepository.Create(Path.Combine(Installation.Directory, "billing"), files: 2);
        Installation.Environment["DONMAI_DAEMON_TOKEN"] = Token;
        Installation.Environment["DONMAI_PLATFORM_TIMEOUT_SECONDS"] = "3";
    }

    public Installation Installation { get; } = new();

    public PlatformServer Platform { get; }

    public FakeAgents Agents { get; }

    public GitRepository Shop { get; }

    public GitRepository Billing { get; }

    public static async Task<PlatformBed> Start(int capacity, PlatformOptions? options = null)
    {
        var platform = await PlatformServer.Start((options ?? new PlatformOptions()) with { RegistrationTokens = [Token] });
        var bed = new PlatformBed(platform);
        bed.Configure(capacity, platform.Address.GetLeftPart(UriPartial.Authority));
        return bed;
    }

    public void Configure(int capacity, string orchestrator)
    {
        Directory.CreateDirectory(Installation.State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(Installation.State, "daemon.yaml"), $$"""
            machine: { id: test-machine }
            orchestrator: { url: "{{orchestrator}}" }
            capacity: { maxConcurrentSessions: {{capacity}} }
            providers: { allowStub: true }
            session: { stopGraceSeconds: 2 }
            projects:
              - { id: shop, repository: "{{Shop.Path}}" }
              - { id: billing, repository: "{{Billing.Path}}" }

            """);
    }

    /// <summary>A work item as the platform writes it.</summary>
    public JsonObject Item(string sessionId, GitRepository repository, string provider = "claude") => new()
    {
        ["sessionId"] = sessionId,
        ["issueId"] = "issue-" + sessionId,
        ["issueIdentifier"] = "BIL-" + sessionId[^1],
        ["priority"] = 0,
        ["queuedAt"] = Platform.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
        ["workType"] = "development",
        ["repository"] = repository.Path,
        ["ref"] = "main",
        ["title"] = "Do the work of " + sessionId,
        ["resolvedProfile"] = new JsonObject { ["provider"] = provider },
    };

    /// <summary>Queues an item and returns its session.</summary>
    public string Queue(string sessionId, GitRepository? repository = null, string provider = "claude") =>
        Platform.Work.Enqueue(Item(sessionId, repository ?? Shop, provider))!;

    /// <summary>Queues ten items for two projects, of which two are for <c>codex</c>.</summary>
    public List<string> QueueTen() =>
        [.. Enumerable.Range(0, 10).Select(n => $"ses-{n}").Select((id, n) => Queue(id, n % 2 == 0 ? Shop : Billing, IsCodex(id) ? "codex" : "claude"))];

    /// <summary>Whether one of the ten is for <c>codex</c>.</summary>
    public static bool IsCodex(string sessionId) => sessionId is "ses-8" or "ses-9";

    /// <summary>The session, when the platform has heard its end.</summary>
    public async Task<Session> Ended(string sessionId, double seconds = 60)
    {
        await Until(() => Platform.Sessions.Find(sessionId) is { IsTerminal: true }, () => $"the end of {sessionId}; {Told(sessionId)}", seconds);
        return Platform.Sessions.Find(sessionId)!;
    }

    /// <summary>Waits until the platform answers for something.</summary>
    public static Task Until(Func<bool> condition, string what, double seconds = 60) => Until(condition, () => what, seconds);

    private static Task Until(Func<bool> condition, Func<string> what, double seconds) => RunningDaemon.Until(() => Task.FromResult(condition()), what, seconds);

    /// <summary>
    /// That the platform hears a session that went well whole, in order, and once. The last activities of a worker that had no time left for them come
    /// after its end, from the daemon.
    /// </summary>
    public async Task HasHeardAllOf(string sessionId, bool isCodex = false, double seconds = 60)
    {
        var expected = FakeAgents.Activities(sessionId, isCodex).ToList();
        await Until(() => Platform.Sessions.Find(sessionId)!.Activities.Count >= expected.Count, () => $"all activities of {sessionId}; {Told(sessionId)}", seconds);
        var session = Platform.Sessions.Find(sessionId).ShouldNotBeNull();
        session.State.ShouldBe(SessionState.Completed, Told(sessionId));
        session.Activities.Select(static activity => $"{activity.Type}: {activity.Content}").ShouldBe(expected, Told(sessionId));
        session.Statuses.Select(static status => status.Status).ShouldBe(["running", "completed"], Told(sessionId));
        session.Completions.ShouldHaveSingleItem(Told(sessionId)).Summary.ShouldContain("All done.");
        session.Claims.ShouldBe(1);
        session.Nacks.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        Installation.Dispose();
    }

    private string Told(string sessionId) => string.Join('\n', Platform.Requests.Matching("/api/sessions/" + sessionId + "/*")
        .Select(static request => $"{request.ArrivedAt:HH:mm:ss.fff} {request.Path} {request.Body} → {request.Status} {request.Fault}"));
}
