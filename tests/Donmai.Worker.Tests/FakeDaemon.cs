using System.Net;
using System.Text;

namespace Donmai.Worker.Tests;

/// <summary>A control API whose answers are scripted: one after the other, the last one again and again.</summary>
internal sealed class FakeDaemon : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();
    private Func<HttpResponseMessage>? _last;

    public List<string> Requests { get; } = [];

    public List<string> Authorities { get; } = [];

    public FakeDaemon Answers(HttpStatusCode status, string body, string type = "application/json")
    {
        _answers.Enqueue(() => new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) });
        return this;
    }

    public FakeDaemon Drops()
    {
        _answers.Enqueue(static () => throw new HttpRequestException("the connection was dropped"));
        return this;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request.RequestUri!.PathAndQuery);
        Authorities.Add(request.RequestUri.Authority);
        if (_answers.TryDequeue(out var answer))
            _last = answer;
        return Task.FromResult(_last!());
    }
}
