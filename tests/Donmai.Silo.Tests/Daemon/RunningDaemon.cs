using System.Net;
using System.Text.Json;
using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Sessions;
using Donmai.Silo.Daemon;

namespace Donmai.Silo.Tests.Daemon;

/// <summary>A whole daemon on ephemeral ports, whose workers wait for a word from the test.</summary>
internal sealed class RunningDaemon : IAsyncDisposable
{
    public const string Machine = "box";
    public const string Project = "shop";
    public const string Repository = "https://git.example.invalid/acme/shop";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory = new();
    private DaemonHost? _host;

    private RunningDaemon(GrainStore store, Func<string, WorkerCommand>? worker, int? metricsPort, int grainPort)
    {
        Options = new DaemonHostOptions
        {
            State = new StateDirectory(Path.Combine(_directory.Path, "state")),
            Configuration = new ConfigurationInForce(new DaemonConfiguration
            {
                MachineId = Machine,
                MaxConcurrentSessions = 2,
                Projects = [new ProjectConfiguration { Id = Project, Repository = Repository }],
                ArchiveRoot = Path.Combine(_directory.Path, "state", "workareas"),
                StopGraceSeconds = 1,
                Observability = new ObservabilityConfiguration { MetricsPort = metricsPort },
            }),
            Worker = worker?.Invoke(_directory.Path) ?? WorkerCommands.Shell(
                $"cd '{_directory.Path}'; env > env.$DONMAI_SESSION_ID; mv env.$DONMAI_SESSION_ID env-$DONMAI_SESSION_ID; until [ -e go-$DONMAI_SESSION_ID ]; do sleep 0.02; done"),
            Store = store,
            Announcements = Announced,
            GrainPort = grainPort,
        };
    }

    public DaemonHostOptions Options { get; }

    public StringWriter Announced { get; } = new();

    public DaemonHost Host => _host!;

    public HttpClient Http { get; private set; } = new();

    public static async Task<RunningDaemon> Start(
        GrainStore store = GrainStore.Memory, Func<string, WorkerCommand>? worker = null, int? metricsPort = null, int grainPort = 0)
    {
        var daemon = new RunningDaemon(store, worker, metricsPort, grainPort);
        await daemon.Start();
        return daemon;
    }

    /// <summary>Stops the daemon, as a signal would, and starts it again on the same state.</summary>
    public async Task Restart()
    {
        await Host.Stop();
        await Resume();
    }

    /// <summary>Starts a stopped daemon again on the same state.</summary>
    public Task Resume() => Start();

    public async Task<(HttpStatusCode Status, JsonElement Json)> Get(string path)
    {
        using var answer = await Http.GetAsync(path);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    public async Task<(HttpStatusCode Status, JsonElement Json)> Post(string path, string body)
    {
        using var answer = await Http.PostAsync(path, new StringContent(body));
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    public Task<(HttpStatusCode Status, JsonElement Json)> Accept(string sessionId, string repository = Repository) =>
        Post("/api/daemon/sessions", JsonSerializer.Serialize(new SessionSpec { SessionId = sessionId, Repository = repository }, ControlApiJson.Default.SessionSpec));

    /// <summary>Lets the worker of a session end.</summary>
    public void LetEnd(string sessionId) => File.WriteAllText(Path.Combine(_directory.Path, "go-" + sessionId), "");

    /// <summary>Waits for the end of a session: the stream of its events ends then.</summary>
    public async Task End(string sessionId)
    {
        using var limit = new CancellationTokenSource(Limit);
        await Http.GetStringAsync($"/api/daemon/sessions/{sessionId}/events", limit.Token);
    }

    /// <summary>A variable in the environment of a session's worker, once that has started.</summary>
    public async Task<string?> WorkerVariable(string sessionId, string name)
    {
        using var limit = new CancellationTokenSource(Limit);
        var path = Path.Combine(_directory.Path, "env-" + sessionId);
        while (!File.Exists(path))
            await Task.Delay(10, limit.Token);
        return File.ReadAllLines(path).FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in (await Get("/api/daemon/sessions")).Json.EnumerateArray())
            LetEnd(session.GetProperty("sessionId").GetString()!);
        using var limit = new CancellationTokenSource(Limit);
        await Host.WaitUntilIdle(limit.Token);
        await Host.Stop();
        Http.Dispose();
        _directory.Dispose();
    }

    private async Task Start()
    {
        _host = await DaemonHost.Start(Options);
        Http.Dispose();
        Http = new HttpClient { BaseAddress = Host.Address };
    }
}
