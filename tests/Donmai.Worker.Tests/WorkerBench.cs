using System.Text.Json;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Tests;

/// <summary>Everything one session needs: a remote, a fake agent, a private home, and the worker in this process.</summary>
internal sealed class WorkerBench : IDisposable
{
    public const string SessionId = "s-1";

    public WorkerBench()
    {
        Place.Make("home");
        Place.Write("gitconfig", "");
        Variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{Place.At("bin")}:/usr/bin:/bin",
            ["HOME"] = Place.At("home"),
            ["GIT_CONFIG_GLOBAL"] = Place.At("gitconfig"),
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["DONMAI_ALLOW_STUB"] = "1",
            ["DONMAI_DISK_FLOOR_BYTES"] = "0",
        };
        Remote = new GitRemote(Place, Variables);
        Agent = new FakeAgent(Place);
        Detail = new SessionDetail { SessionId = SessionId, Repository = Remote.Url, PromptContext = "Say hello." };
    }

    public TemporaryDirectory Place { get; } = new();

    public Dictionary<string, string> Variables { get; }

    public GitRemote Remote { get; }

    public FakeAgent Agent { get; }

    public SessionDetail Detail { get; set; }

    public WorktreeRetention Keep { get; set; } = WorktreeRetention.Always;

    public WorkerSettings Settings { get; set; } = new() { DiskFloor = 0, SpawnWaits = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)], WorktreeWaits = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)] };

    public HttpMessageHandler? Platform { get; set; }

    public StringWriter Output { get; } = new();

    public StringWriter Error { get; } = new();

    public string Tree => Place.At("trees", SessionId);

    public string Record => Place.At("trees", ".records", SessionId);

    public WorkerExitRecord Exit => JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(Record, "exit.json")), ControlApiJson.Default.WorkerExitRecord)!;

    public SessionResult Result => Exit.Result.ShouldNotBeNull();

    public List<AgentEvent> Events => [.. File.ReadAllLines(Path.Combine(Record, "events.jsonl")).Select(WorkerFilesJson.ReadEvent)];

    public List<AgentEvent> AgentEvents => [.. Events.Where(static happening => happening.Turn > 0)];

    public WorkerBench Stub(string behavior, string more = "")
    {
        Detail = Detail with
        {
            ResolvedProfile = new ResolvedProfile
            {
                Provider = "stub",
                ProviderConfig = new JsonText($$"""{"stub.behavior":"{{behavior}}"{{(more.Length > 0 ? "," + more : "")}}}"""),
            },
        };
        return this;
    }

    public string WriteDetail() => Place.Write("detail.json", JsonSerializer.Serialize(Detail, ControlApiJson.Default.SessionDetail));

    public WorkerOptions Options() => new()
    {
        SessionId = SessionId,
        WorktreeDirectory = Place.At("trees"),
        DetailFile = WriteDetail(),
        KeepWorktree = Keep,
    };

    public WorkerHost Host() => new()
    {
        Output = Output,
        Error = Error,
        Variables = new WorkerVariables(Variables),
        Transport = static () => new SocketsHttpHandler(),
        OwnsProcess = false,
        Platform = Platform,
        Settings = Settings,
        Random = new Random(1),
    };

    public WorkerOptions OptionsWith(Neighbours neighbours) => Options() with { DetailFile = null, DaemonUrl = neighbours.Url };

    public Task<int> Run(CancellationToken cancellation = default) => Run(Options(), cancellation);

    public Task<int> Run(WorkerOptions options, CancellationToken cancellation = default) => new SessionWorker(Host()).Run(options, cancellation);

    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
        Place.Dispose();
    }
}
