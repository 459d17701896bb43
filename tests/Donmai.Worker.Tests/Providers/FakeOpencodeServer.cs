using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Donmai.Worker.Tests.Providers;

/// <summary>An <c>opencode</c> server (worker.md §4.5, HTTP mode): a test says which events it sends, and when a connection breaks.</summary>
internal sealed class FakeOpencodeServer : IAsyncDisposable
{
    private const string Break = "";

    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    public FakeOpencodeServer(int port = 0)
    {
        Http = new FakeAgentServer(port);
        Http.On("GET /global/health", 200, """{"healthy":true,"version":"1.2.3"}""")
            .On("POST /session", 200, """{"id":"ses_1"}""")
            .On("POST /session/ses_1/prompt_async", 204)
            .On("POST /session/ses_1/abort", 200, "true")
            .On("POST /session/ses_1/permissions/per_1", 200, "true")
            .On("POST /session/ses_2/permissions/per_1", 200, "true")
            .On("GET /session/ses_1/message", 200, "[]")
            .On("GET /event", Stream);
    }

    public FakeAgentServer Http { get; }

    public int Subscriptions { get; private set; }

    public IEnumerable<string> Questions => Http.Asked.Select(static asked => asked.Question);

    public FakeOpencodeServer Sends(params string[] events)
    {
        foreach (var happening in events)
            _events.Writer.TryWrite(happening);
        return this;
    }

    /// <summary>Ends the connection at this place of the stream.</summary>
    public FakeOpencodeServer Breaks() => Sends(Break);

    public string BodyOf(string question) => Http.Asked.Last(asked => asked.Question == question).Body;

    public ValueTask DisposeAsync() => Http.DisposeAsync();

    private async Task Stream(HttpContext context)
    {
        Subscriptions++;
        context.Response.ContentType = "text/event-stream";
        await Write(context, """{"type":"server.connected","properties":{}}""");
        // Nothing is sent before it is asked for something.
        await Deadline.Until(() => Subscriptions > 1 || Questions.Contains("POST /session/ses_1/prompt_async"), "the prompt");
        await foreach (var happening in _events.Reader.ReadAllAsync(Http.Closing))
        {
            if (happening == Break)
            {
                context.Abort();
                return;
            }

            await Write(context, happening);
            if (happening.Contains("session.idle", StringComparison.Ordinal))
                break; // what comes next is for the next subscription
        }

        await Task.Delay(Timeout.Infinite, Http.Closing);
    }

    private static async Task Write(HttpContext context, string data)
    {
        await context.Response.WriteAsync($"event: message\ndata: {data}\n\n");
        await context.Response.Body.FlushAsync();
    }
}
