using System.Net;
using System.Text;
using System.Text.Json;
using Donmai.Sessions;

namespace Donmai.Worker.Tests;

/// <summary>The daemon and the platform of a session on one address: the detail is what the test says, everything else is written down and answered.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _hanging = new();
    private readonly Lock _access = new();
    private readonly List<string> _requests = [];
    private readonly List<Task> _answers = [];
    private readonly Task _listening;
    private int _readings;

    public Neighbours(SessionDetail detail)
    {
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        Detail = detail with { PlatformUrl = Url, WorkerId = "wkr_1", AuthToken = "token-of-this-session" };
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _listening = Listen();
    }

    public string Url { get; }

    public SessionDetail Detail { get; set; }

    public bool DaemonForgot { get; set; }

    public bool PlatformHangs { get; set; }

    public bool PlatformFails { get; set; }

    public bool LeaseIsLost { get; set; }

    /// <summary>Told how often the detail was read.</summary>
    public Action<int> IsRead { get; set; } = static _ => { };

    public Action<string> Hears { get; set; } = static _ => { };

    /// <summary>Requests but those for the detail: method, path, body.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_access)
                return [.. _requests];
        }
    }

    public IReadOnlyList<string> Paths => [.. Requests.Select(static request => request.Split(' ')[1])];

    public IReadOnlyList<string> Acknowledged =>
        [.. Requests.Where(static request => request.Contains("/ack", StringComparison.Ordinal)).Select(static request => request.Split('/')[^2])];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _hanging.CancelAsync();
        await _listening;
        await Task.WhenAll(_answers);
        _listener.Close();
        _hanging.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                _answers.Add(Answer(context));
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        try
        {
            var path = context.Request.Url!.AbsolutePath;
            using var reader = new StreamReader(context.Request.InputStream);
            var body = await reader.ReadToEndAsync();
            if (context.Request.HttpMethod == "GET" && path.StartsWith("/api/daemon/sessions/", StringComparison.Ordinal))
            {
                IsRead(Interlocked.Increment(ref _readings));
                await Send(context, DaemonForgot ? 404 : 200, DaemonForgot ? "{}" : JsonSerializer.Serialize(Detail, ControlApiJson.Default.SessionDetail));
                return;
            }

            lock (_access)
                _requests.Add($"{context.Request.HttpMethod} {path} {body}".TrimEnd());
            if (path.EndsWith("/ack", StringComparison.Ordinal))
                Detail = Detail with { Inbox = Detail.Inbox?.FindAll(message => !path.Contains($"/{message.DeliveryId}/", StringComparison.Ordinal)) };
            Hears(path);
            var isPlatform = !path.StartsWith("/api/daemon/", StringComparison.Ordinal);
            if (isPlatform && PlatformHangs)
                await Task.Delay(Timeout.InfiniteTimeSpan, _hanging.Token);
            await Send(context, isPlatform && PlatformFails ? 500 : 200, $$"""{"success":true,"refreshed":{{(LeaseIsLost ? "false" : "true")}},"acknowledged":true}""");
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            return;
        }
    }

    private static async Task Send(HttpListenerContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
    }
}
