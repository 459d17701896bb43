using System.Text.Json;
using Donmai.Sessions;
using Microsoft.AspNetCore.Http;

namespace Donmai.Worker.Tests;

/// <summary>The daemon and the platform of a session on one address: the detail is what the test says, everything else is written down and answered.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly Lock _access = new();
    private readonly List<string> _requests = [];
    private int _readings;

    public Neighbours(SessionDetail detail)
    {
        Detail = detail;
        _server = new LoopbackServer(Answer);
        Url = _server.Address.GetLeftPart(UriPartial.Authority);
        Detail = detail with { PlatformUrl = Url, WorkerId = "wkr_1", AuthToken = "token-of-this-session" };
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

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        var path = LoopbackServer.PathOf(context);
        var body = await LoopbackServer.BodyOf(context);
        if (context.Request.Method == "GET" && path.StartsWith("/api/daemon/sessions/", StringComparison.Ordinal))
        {
            IsRead(Interlocked.Increment(ref _readings));
            await Send(context, DaemonForgot ? 404 : 200, DaemonForgot ? "{}" : JsonSerializer.Serialize(Detail, ControlApiJson.Default.SessionDetail));
            return;
        }

        lock (_access)
            _requests.Add($"{context.Request.Method} {path} {body}".TrimEnd());
        if (path.EndsWith("/ack", StringComparison.Ordinal))
            Detail = Detail with { Inbox = Detail.Inbox?.FindAll(message => !path.Contains($"/{message.DeliveryId}/", StringComparison.Ordinal)) };
        Hears(path);
        var isPlatform = !path.StartsWith("/api/daemon/", StringComparison.Ordinal);
        if (isPlatform && PlatformHangs)
            await Task.Delay(Timeout.InfiniteTimeSpan, _server.Closing);
        await Send(context, isPlatform && PlatformFails ? 500 : 200, $$"""{"success":true,"refreshed":{{(LeaseIsLost ? "false" : "true")}},"acknowledged":true}""");
    }

    private static Task Send(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }
}
