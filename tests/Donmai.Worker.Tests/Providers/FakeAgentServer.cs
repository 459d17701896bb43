using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Donmai.Worker.Tests.Providers;

/// <summary>An agent that is a server: answers by path, in pieces, and records what it was asked.</summary>
internal sealed class FakeAgentServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly ConcurrentDictionary<string, Func<HttpListenerContext, Task>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> _served = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _serving;

    public FakeAgentServer(int? port = null)
    {
        (_listener, Port) = Listen(port);
        _serving = Serve();
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>Cancelled when the server goes.</summary>
    public CancellationToken Closing => _closing.Token;

    public ConcurrentQueue<AskedQuestion> Asked { get; } = new();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Sets the answer to <c>METHOD /path</c>.</summary>
    public FakeAgentServer On(string question, int status, params string[] pieces) => On(question, context => Write(context, status, pieces));

    public FakeAgentServer On(string question, Func<HttpListenerContext, Task> answer)
    {
        _answers[question] = answer;
        return this;
    }

    public static async Task Write(HttpListenerContext context, int status, params string[] pieces)
    {
        context.Response.StatusCode = status;
        context.Response.SendChunked = true;
        foreach (var piece in pieces)
        {
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(piece));
            await context.Response.OutputStream.FlushAsync();
        }

        context.Response.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Abort();
        await _serving;
        await Task.WhenAll(_served);
        _closing.Dispose();
    }

    // Somebody else may take the port between its choice and its use.
    private static (HttpListener Listener, int Port) Listen(int? wanted)
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = wanted ?? FreePort();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException) when (wanted is null && attempt < 10)
            {
                listener.Close();
            }
        }
    }

    private async Task Serve()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                _served.Add(Answer(await _listener.GetContextAsync()));
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        await Task.Yield();
        var question = $"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath}";
        using (var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8))
            Asked.Enqueue(new AskedQuestion(question, await reader.ReadToEndAsync(), context.Request.Headers["Authorization"], context.Request.Headers["x-opencode-directory"]));
        try
        {
            await (_answers.TryGetValue(question, out var answer) ? answer(context) : Write(context, 404, "not here"));
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or InvalidOperationException or OperationCanceledException or IOException)
        {
            // The client has gone, or the server has.
        }
    }
}
