using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Donmai.Core.Tests.Daemon.Updates;

/// <summary>A web server that answers byte by byte what a test says, also what no proper server would.</summary>
internal sealed class ReleaseSource : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, SourceAnswer> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _serving;

    public ReleaseSource()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = Serve();
    }

    public Uri Address { get; }

    /// <summary>Heads of the requests, in order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Paths of the requests, in order.</summary>
    public IReadOnlyList<string> Paths => [.. _requests.Select(static head => head.Split(' ')[1])];

    public void Answer(string path, SourceAnswer answer) => _answers[path] = answer;

    public void Answer(string path, string body) => Answer(path, new SourceAnswer { Body = Encoding.UTF8.GetBytes(body) });

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _serving;
        _stopping.Dispose();
    }

    private async Task Serve()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(Serve(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (Exception end) when (_stopping.IsCancellationRequested && end is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task Serve(TcpClient connection)
    {
        using var _ = connection;
        try
        {
            var stream = connection.GetStream();
            var head = await Head(stream);
            _requests.Enqueue(head);
            var answer = _answers.GetValueOrDefault(head.Split(' ')[1]) ?? new SourceAnswer { Status = 404 };
            answer.Asked.TrySetResult();
            if (answer.IsSilent)
                await Task.Delay(Timeout.Infinite, _stopping.Token);
            if (answer.Tag is { } tag && head.Contains($"If-None-Match: {tag}", StringComparison.OrdinalIgnoreCase))
                answer = new SourceAnswer { Status = 304, Tag = tag };
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer.Head), _stopping.Token);
            await stream.WriteAsync(answer.Body, _stopping.Token);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // the client went away, or the test is over
        }
    }

    private async Task<string> Head(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _stopping.Token);
            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
