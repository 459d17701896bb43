using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.EndToEnd.Tests;

/// <summary>A real <c>donmai daemon run</c> on ephemeral ports, and its control API.</summary>
internal sealed class RunningDaemon : IAsyncDisposable
{
    private RunningDaemon(RunningProgram program, Uri address)
    {
        Program = program;
        Http = new HttpClient { BaseAddress = address };
    }

    public RunningProgram Program { get; }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    /// <summary>Starts the daemon and waits until it accepts work.</summary>
    public static async Task<RunningDaemon> Start(Installation installation, params string[] arguments)
    {
        var program = installation.Start(["daemon", "run", "--port", "0", "--silo-port", "0", .. GrainPort(arguments), .. arguments]);
        try
        {
            var line = await program.LineWith("[daemon] http listening on ");
            var daemon = new RunningDaemon(program, new Uri("http://" + line[(line.LastIndexOf(' ') + 1)..].Trim()));
            await Until(async () => (await daemon.Get<Donmai.Daemon.DaemonStatus>("/api/daemon/status")).Status is "ready", "status ready");
            return daemon;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public async Task<T> Get<T>(string path) =>
        (await Http.GetFromJsonAsync(path, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)ControlApiJson.Default.GetTypeInfo(typeof(T))!))!;

    public async Task<(HttpStatusCode Status, string Body)> Post(string path, string body)
    {
        using var answer = await Http.PostAsync(path, new StringContent(body));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<(HttpStatusCode Status, string Body)> Submit(SessionSpec spec) =>
        Post("/api/daemon/sessions", JsonSerializer.Serialize(spec, ControlApiJson.Default.SessionSpec));

    public Task<SessionInspection> Inspect(string sessionId) => Get<SessionInspection>($"/api/daemon/sessions/{sessionId}/inspect");

    /// <summary>Reads the session's events from <paramref name="after"/> until the stream ends, or as long as the caller wants.</summary>
    public async IAsyncEnumerable<AgentEvent> Events(string sessionId, long after = 0)
    {
        using var answer = await Http.GetAsync($"/api/daemon/sessions/{sessionId}/events?after={after}", HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
                yield return JsonSerializer.Deserialize(line, ControlApiJson.Default.AgentEvent)!;
        }
    }

    /// <summary>Waits until the session has ended, by its event stream, and returns it.</summary>
    public async Task<SessionInspection> Ended(string sessionId)
    {
        await foreach (var _ in Events(sessionId))
        {
        }

        var inspection = await Inspect(sessionId);
        inspection.State.ShouldBeOneOf(SessionState.Completed, SessionState.Failed, SessionState.Terminated);
        return inspection;
    }

    public static Task Until(Func<Task<bool>> condition, string what, double seconds = 60) => Until(condition, () => what, seconds);

    /// <summary>Waits until it is so.</summary>
    /// <param name="condition">Whether it is.</param>
    /// <param name="what">What was waited for in vain, as it is then.</param>
    /// <param name="seconds">Longest wait.</param>
    public static async Task Until(Func<Task<bool>> condition, Func<string> what, double seconds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
                throw new TimeoutException($"Waited {seconds} s for {what()}.");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private static string[] GrainPort(string[] arguments) => arguments.Contains("--grain-port") ? [] : ["--grain-port", "0"];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Program.DisposeAsync();
    }
}
