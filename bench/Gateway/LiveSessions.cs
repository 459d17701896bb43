using System.Text;
using Donmai.Bench.Sessions;

namespace Donmai.Bench.Gateway;

/// <summary>Sessions that live as long as a figure is measured. A daemon that ends leaves its sessions running, so they are stopped before.</summary>
internal sealed class LiveSessions : IAsyncDisposable
{
    /// <summary>How many.</summary>
    public const int Count = 100;

    /// <summary>What their worker does: nothing, for longer than any figure takes.</summary>
    public const string Command = "exec sleep 3600";

    private static readonly Uri List = new("/api/daemon/sessions", UriKind.Relative);

    private readonly HttpClient _http;
    private readonly int _count;

    private LiveSessions(HttpClient http, int count) => (_http, _count) = (http, count);

    /// <summary>Writes the configuration of a daemon with room for them.</summary>
    public static void Configure(string state) => SessionLanes.Configure(state, Count);

    /// <summary>Starts them.</summary>
    public static async Task<LiveSessions> Start(Uri daemon, CancellationToken cancellation, int count = Count)
    {
        var sessions = new LiveSessions(new HttpClient { BaseAddress = daemon }, count);
        for (var number = 0; number < count; number++)
        {
            using var body = new StringContent($$"""{"sessionId":"live-{{number:000}}","repository":"bench"}""", Encoding.UTF8, "application/json");
            using var answer = await sessions._http.PostAsync(List, body, cancellation);
            answer.EnsureSuccessStatusCode();
        }

        return sessions;
    }

    /// <summary>Stops them and waits for their end.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var number = 0; number < _count; number++)
        {
            using var body = new StringContent("""{"immediately":true}""", Encoding.UTF8, "application/json");
            using var answer = await _http.PostAsync(new Uri($"/api/daemon/sessions/live-{number:000}/stop", UriKind.Relative), body);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await _http.GetStringAsync(List, limit.Token) is not "[]\n")
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        _http.Dispose();
    }
}
