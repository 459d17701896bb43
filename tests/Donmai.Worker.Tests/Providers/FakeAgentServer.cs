using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Donmai.Worker.Tests.Providers;

/// <summary>An agent that is a server: answers by path, in pieces, and records what it was asked.</summary>
internal sealed class FakeAgentServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new(StringComparer.Ordinal);

    public FakeAgentServer(int port = 0) => _server = new LoopbackServer(Answer, port);

    public int Port => Address.Port;

    public Uri Address => _server.Address;

    /// <summary>Cancelled when the server goes.</summary>
    public CancellationToken Closing => _server.Closing;

    public ConcurrentQueue<AskedQuestion> Asked { get; } = new();

    /// <summary>Sets the answer to <c>METHOD /path</c>.</summary>
    public FakeAgentServer On(string question, int status, params string[] pieces) => On(question, context => Write(context, status, pieces));

    public FakeAgentServer On(string question, RequestDelegate answer)
    {
        _answers[question] = answer;
        return this;
    }

    public static async Task Write(HttpContext context, int status, params string[] pieces)
    {
        context.Response.StatusCode = status;
        foreach (var piece in pieces)
        {
            await context.Response.WriteAsync(piece);
            await context.Response.Body.FlushAsync();
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        var question = $"{context.Request.Method} {LoopbackServer.PathOf(context)}";
        var headers = context.Request.Headers;
        Asked.Enqueue(new AskedQuestion(question, await LoopbackServer.BodyOf(context), headers.Authorization, headers["x-opencode-directory"]));
        await (_answers.TryGetValue(question, out var answer) ? answer(context) : Write(context, 404, "not here"));
    }
}
