using System.Net;
using System.Net.Sockets;

namespace Donmai.Client.Tests.Daemon;

public sealed class Daemons_that_do_not_answer
{
    [Fact]
    public async Task Nothing_listening_is_said_with_the_address_and_what_to_do()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        using var client = FakeDaemon.Client(address);

        (await client.IsHealthy()).ShouldBeFalse();
        var unreachable = await Should.ThrowAsync<DaemonUnreachableException>(() => client.Status());

        unreachable.Message.ShouldBe($"No daemon answers at {address} (Connection refused). Start one with 'donmai daemon run'.");
    }

    [Fact]
    public async Task Another_program_on_the_port_is_told_apart()
    {
        await using var daemon = await FakeDaemon.Answering("/api/daemon/status", HttpStatusCode.OK, "<html>hello</html>");
        using var client = daemon.Client();

        (await client.IsHealthy()).ShouldBeFalse();
        (await Should.ThrowAsync<UnreadableAnswerException>(() => client.Status())).Message.ShouldContain("another program");
    }

    [Fact]
    public async Task A_daemon_that_keeps_silent_is_given_up_after_the_time_limit()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new DonmaiClient(new DonmaiClientOptions
        {
            Address = $"http://{listener.LocalEndpoint}",
            RequestTimeout = TimeSpan.FromMilliseconds(100),
        });

        (await Should.ThrowAsync<DaemonUnreachableException>(() => client.Status())).Message.ShouldContain("no answer within");
    }

    [Fact]
    public async Task The_caller_s_cancellation_is_a_cancellation()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new DonmaiClient($"http://{listener.LocalEndpoint}");
        using var cancellation = new CancellationTokenSource();

        var call = client.Status(cancellation.Token);
        using var accepted = await listener.AcceptTcpClientAsync();
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_silo_that_is_not_there_is_said_with_its_port()
    {
        var port = FreePort();

        var unreachable = await Should.ThrowAsync<GatewayUnreachableException>(() => GrainClient.ConnectAsync(port));

        unreachable.Message.ShouldStartWith($"No silo answers at 127.0.0.1:{port} (Connection refused).");
    }

    [Fact]
    public async Task A_silo_that_keeps_silent_is_given_up_after_the_time_limit()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var unreachable = await Should.ThrowAsync<GatewayUnreachableException>(() => GrainClient.ConnectAsync(new GrainClientOptions
        {
            Gateway = (IPEndPoint)listener.LocalEndpoint,
            ConnectTimeout = TimeSpan.FromMilliseconds(200),
        }));

        unreachable.Message.ShouldStartWith($"No silo answers at {listener.LocalEndpoint} (no answer within 0.2 s).");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
