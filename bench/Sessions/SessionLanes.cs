using System.Globalization;
using System.Net;
using System.Text;

namespace Donmai.Bench.Sessions;

/// <summary>Runs sessions on a daemon, so many at a time, each from its submission to its end.</summary>
internal sealed class SessionLanes(RunningServer daemon) : IDisposable
{
    /// <summary>Name of the one project of <see cref="Configure"/>.</summary>
    private const string Project = "bench";

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = daemon.Uri };
    private int _last;

    /// <summary>Writes the configuration of a daemon with room for <paramref name="capacity"/> sessions.</summary>
    public static void Configure(string state, int capacity) => File.WriteAllText(
        Path.Combine(state, "daemon.yaml"),
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            machine: { id: bench }
            orchestrator: { url: "file://{{state}}/queue" }
            capacity: { maxConcurrentSessions: {{capacity}} }
            projects:
              - { id: {{Project}}, repository: "https://git.example.com/bench" }

            """));

    /// <summary>Runs <paramref name="count"/> sessions, <paramref name="lanes"/> at a time.</summary>
    public Task Run(int count, int lanes, CancellationToken cancellation)
    {
        var left = count;
        return Task.WhenAll(Enumerable.Range(0, lanes).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await RunOne(cancellation);
        }));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task RunOne(CancellationToken cancellation)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"ses-{Interlocked.Increment(ref _last):000000}");
        await Submit(id, cancellation);

        // The event stream ends with the session.
        using var events = await _http.GetAsync(
            new Uri($"/api/daemon/sessions/{id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        events.EnsureSuccessStatusCode();
        await events.Content.CopyToAsync(Stream.Null, cancellation);
    }

    private async Task Submit(string id, CancellationToken cancellation)
    {
        using var body = new StringContent($$"""{"sessionId":"{{id}}","repository":"{{Project}}"}""", Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri("/api/daemon/sessions", UriKind.Relative), body, cancellation);
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            throw new InvalidOperationException($"Session {id} was refused: {(int)answer.StatusCode} {text}");
        }
    }
}
