using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Donmai.Daemon;
using NSubstitute;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>control-api.md §1.3: how long a request may take to come, and what a stop lets finish. Streams has the limit of the answer.</summary>
public sealed class Limits
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("GET /api/daemon/status HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", 5)]
    [InlineData("GET /api/daemon/status HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 15)]
    public async Task Headers_get_5_seconds_and_an_idle_connection_15(string sent, int seconds)
    {
        await using var gateway = await GatewayUnderTest.Start();
        using var client = await Connect(gateway, sent);
        var clock = Stopwatch.StartNew();

        await ReadToEnd(client);

        clock.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(seconds - 1));
    }

    [Fact]
    public async Task A_body_gets_15_seconds()
    {
        var time = new ManualTime();
        await using var gateway = await GatewayUnderTest.Start(time: time);
        using var client = await Connect(gateway, "POST /api/daemon/drain HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50\r\n\r\n{\"timeout");

        await time.Awaited(TimeSpan.FromSeconds(15));
        time.Advance(TimeSpan.FromSeconds(15));

        (await ReadToEnd(client)).ShouldBe("");
        await gateway.Daemon.DidNotReceiveWithAnyArgs().Drain(default!);
    }

    [Fact]
    [Trait("spec", "CA-21")]
    public async Task A_stop_lets_requests_in_progress_finish_and_refuses_new_ones()
    {
        await using var gateway = await GatewayUnderTest.Start();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<CapacityReport>(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Daemon.Capacity().Returns(_ =>
        {
            asked.TrySetResult();
            return answer.Task;
        });
        var request = gateway.Http.GetAsync("/api/daemon/capacity");
        await asked.Task.WaitAsync(Deadline);

        var stop = gateway.Server.Stop();
        await RefusesConnections(gateway.EndPoint);
        stop.IsCompleted.ShouldBeFalse();
        answer.SetResult(new CapacityReport());

        (await request).StatusCode.ShouldBe(HttpStatusCode.OK);
        await stop.WaitAsync(Deadline);
    }

    private static async Task<Socket> Connect(GatewayUnderTest gateway, string sent)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(gateway.EndPoint);
        await client.SendAsync(Encoding.ASCII.GetBytes(sent));
        return client;
    }

    private static async Task<string> ReadToEnd(Socket client)
    {
        using var limit = new CancellationTokenSource(Deadline);
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            while (await client.ReceiveAsync(buffer, limit.Token) is var count and > 0)
                text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset)
        {
            // The server cut the connection, which is what is waited for.
        }

        return text.ToString();
    }

    private static async Task RefusesConnections(EndPoint endpoint)
    {
        using var limit = new CancellationTokenSource(Deadline);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(endpoint, limit.Token);
            }
            catch (SocketException refused) when (refused.SocketErrorCode is SocketError.ConnectionRefused)
            {
                return;
            }
        }
    }
}
