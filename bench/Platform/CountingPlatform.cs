using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Donmai.Bench.Platform;

/// <summary>A platform that wants a beat and a poll every second until it is told to want none, and counts the beats.</summary>
internal sealed class CountingPlatform : IAsyncDisposable
{
    private const string Often = "1000";
    private const string Hourly = "3600000";

    private readonly HttpListener _listener = new();
    private readonly Task _answering;
    private readonly TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string _interval = Often;
    private int _beats;

    public CountingPlatform()
    {
        Address = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _answering = Answer();
    }

    /// <summary>Its base URL.</summary>
    public string Address { get; }

    /// <summary>Heartbeats so far.</summary>
    public int Beats => Volatile.Read(ref _beats);

    /// <summary>Wants a beat and a poll an hour from now on; completes when the daemon has been told.</summary>
    public Task Quieten(CancellationToken cancellation)
    {
        _interval = Hourly;
        return _quiet.Task.WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _answering;
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private async Task Answer()
    {
        while (_listener.IsListening)
        {
            try
            {
                await Answer(await _listener.GetContextAsync());
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                // The figure is measured, or the daemon has gone.
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        var call = context.Request.Url!.Segments[^1];
        if (call == "heartbeat")
            Interlocked.Increment(ref _beats);
        var token = $"rt-{_interval}";
        var isRegistered = call is "register" or "refresh-token" || context.Request.Headers["Authorization"] == $"Bearer {token}";
        var body = call switch
        {
            "register" or "refresh-token" => $$"""{"workerId":"wkr_1","runtimeToken":"{{token}}","heartbeatInterval":{{_interval}},"pollInterval":{{_interval}}}""",
            "poll" => """{"work":[],"hasInboxMessages":false}""",
            _ => """{"acknowledged":true,"hostStatus":{"status":"ok"}}""",
        };
        context.Response.StatusCode = isRegistered ? 200 : 401;
        var bytes = Encoding.UTF8.GetBytes(isRegistered ? body : "Runtime token expired");
        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
        if (isRegistered && _interval == Hourly && call == "heartbeat")
            _quiet.TrySetResult();
    }
}
