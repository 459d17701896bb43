using System.Net;
using System.Net.Sockets;
using System.Text;
using Donmai.Core.Platform;
using Donmai.Core.Platform.Wire;

namespace Donmai.Core.Tests.Platform;

/// <summary>What a platform, or what stands in its place, can answer: each has one clear sentence, and none holds the token.</summary>
public sealed class Answers_that_are_no_use : IDisposable
{
    private const string Token = "rsk_live_secret";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly PlatformTransport _transport = PlatformTransport.Open();
    private readonly CancellationTokenSource _over = new(TimeSpan.FromSeconds(20));

    public Answers_that_are_no_use() => _listener.Start();

    private string Place => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"workerId\":", "the answer of {0} to register broke off or is no HTTP")]
    [InlineData("nonsense\r\n\r\n", "the answer of {0} to register broke off or is no HTTP")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", "{0} answered register with a web page instead of JSON; is orchestrator.url right?")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"workerId\"", "{0} answered register with something else than the JSON that is expected (at $)")]
    [InlineData("HTTP/1.1 502 Bad\r\nContent-Length: 24\r\n\r\nno rsk_live_secret here\n", "{0} answered 502 to register: no *** here")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://other.example/x?t=1\r\nContent-Length: 0\r\n\r\n", "{0} answered 302 to register and points to https://other.example; the call goes nowhere else: is orchestrator.url right?")]
    public async Task An_answer_that_cannot_be_used_is_explained(string answer, string sentence)
    {
        var serving = Serve(Encoding.ASCII.GetBytes(answer));

        var failure = await Should.ThrowAsync<TransientPlatformException>(Register(_over.Token));

        failure.Message.ShouldStartWith(string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, Place));
        failure.ToString().ShouldNotContain(Token);
        await serving;
    }

    [Fact]
    public async Task An_answer_of_a_hundred_megabytes_is_not_read()
    {
        var serving = Serve(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n{new string(' ', 400_000)}"));

        (await Should.ThrowAsync<TransientPlatformException>(Register(_over.Token))).Message.ShouldBe($"{Place} answered register with more than 256 KiB");
        await serving;
    }

    [Fact, Trait("spec", "PA-36")]
    public async Task A_call_that_its_caller_gives_up_ends_at_once_as_given_up()
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
        var asking = Register(given.Token);
        using var silent = await _listener.AcceptTcpClientAsync(_over.Token);

        await given.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(asking);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_said_so()
    {
        var place = Place;
        _listener.Stop();

        (await Should.ThrowAsync<TransientPlatformException>(Register(_over.Token, place))).Message.ShouldBe($"{place} cannot be reached: Connection refused");
    }

    public void Dispose()
    {
        _listener.Dispose();
        _transport.Dispose();
        _over.Dispose();
    }

    private Task<RegisterAnswer> Register(CancellationToken cancellationToken, string? place = null) =>
        new PlatformClient(_transport, "test/1", TimeProvider.System)
            .Register(new PlatformAccess { Url = place ?? Place, Token = Token }, new RegisterRequest { Hostname = "h", Capacity = 1 }, cancellationToken);

    /// <summary>Answers one request with these bytes, and hangs up.</summary>
    private async Task Serve(byte[] answer)
    {
        using var client = await _listener.AcceptTcpClientAsync(_over.Token);
        var stream = client.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().Contains('}', StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, _over.Token);
            read.ShouldBeGreaterThan(0, "the client went away before it had asked");
            request.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        try
        {
            await stream.WriteAsync(answer, _over.Token);
        }
        catch (IOException)
        {
            // The client has read enough.
        }
    }
}
