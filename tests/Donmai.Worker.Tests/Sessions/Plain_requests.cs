using System.Net;
using System.Net.Sockets;
using System.Text;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Tests.Sessions;

/// <summary>The one request that each worker sends, without the framework's client.</summary>
public sealed class Plain_requests : IDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly FakeDaemon _framework = new();
    private readonly HttpClient _client;

    public Plain_requests()
    {
        _server.Start();
        _client = new HttpClient(new PlainTransport(() => _framework));
    }

    public void Dispose()
    {
        _client.Dispose();
        _framework.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", HttpStatusCode.OK)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", HttpStatusCode.OK)]
    [InlineData("HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}", HttpStatusCode.NotFound)]
    public async Task An_answer_is_taken_as_it_is(string answer, HttpStatusCode status)
    {
        var (seen, request) = await Exchange(answer);
        seen.StatusCode.ShouldBe(status);
        (await seen.Content.ReadAsStringAsync()).ShouldBe("{}");
        request.ShouldBe($"GET /a/b%3Ac?d=e HTTP/1.0\r\nHost: {_server.LocalEndpoint}\r\n\r\n");
        _framework.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no HTTP at all\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n{}")]
    public async Task An_answer_that_is_not_as_expected_is_asked_for_by_the_framework(string answer)
    {
        _framework.Answers(HttpStatusCode.OK, "framework");
        var (seen, _) = await Exchange(answer);
        (await seen.Content.ReadAsStringAsync()).ShouldBe("framework");
    }

    [Fact]
    public async Task A_daemon_that_is_not_there_is_asked_for_by_the_framework()
    {
        _server.Stop();
        _framework.Answers(HttpStatusCode.OK, "framework");
        (await _client.GetStringAsync(Address())).ShouldBe("framework");
    }

    [Fact]
    public async Task What_is_sent_is_sent_by_the_framework()
    {
        _framework.Answers(HttpStatusCode.OK, "framework");
        using var sent = await _client.PostAsync(Address(), content: null);
        (await sent.Content.ReadAsStringAsync()).ShouldBe("framework");
        _server.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task Waiting_for_an_answer_can_be_ended()
    {
        using var ending = new CancellationTokenSource();
        var asking = Task.Run(() => _client.GetAsync(Address(), ending.Token));
        using var connection = await _server.AcceptTcpClientAsync();
        await RequestOn(connection.GetStream());
        await ending.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private async Task<(HttpResponseMessage Answer, string Request)> Exchange(string answer)
    {
        var asking = Task.Run(() => _client.GetAsync(Address()));
        using var connection = await _server.AcceptTcpClientAsync();
        var request = await RequestOn(connection.GetStream());
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
        connection.Close();
        return (await asking, request);
    }

    private static async Task<string> RequestOn(NetworkStream stream)
    {
        var request = new StringBuilder();
        var buffer = new byte[1024];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            request.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        return request.ToString();
    }

    private Uri Address() => new($"http://{_server.LocalEndpoint}/a/b%3Ac?d=e");
}
