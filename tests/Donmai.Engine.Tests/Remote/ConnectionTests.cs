using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Donmai.Engine.Tests.Calls;
using Donmai.Engine.Tests.Cluster;
using Microsoft.Extensions.DependencyInjection;

namespace Donmai.Engine.Tests.Remote;

public sealed class ConnectionTests
{
    [StandInFact("Microsoft Orleans lets two silos listen on one port; the daemon's own lock keeps them apart.")]
    public async Task A_second_silo_on_the_same_ports_does_not_start_and_the_first_goes_on()
    {
        await using var first = await RemoteSilo.Start();
        using var second = RemoteSilo.Build(first.SiloPort, first.GatewayPort);
        var failure = await Should.ThrowAsync<Exception>(() => second.StartAsync());
        failure.ToString().ShouldContain("ddress already in use");
        var client = await first.Connect();
        (await client.GetGrain<ICounterGrain>("still there").Add(1)).ShouldBe(1);
    }

    [Fact]
    public async Task The_gateway_is_on_loopback_only()
    {
        await using var silo = await RemoteSilo.Start();
        foreach (var address in (await Dns.GetHostAddressesAsync(Dns.GetHostName())).Where(address => !IPAddress.IsLoopback(address)))
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await Should.ThrowAsync<SocketException>(() => socket.ConnectAsync(address, silo.GatewayPort));
        }
    }

    [Fact]
    public async Task A_client_outlives_a_restart_of_its_silo()
    {
        var silo = await RemoteSilo.Start();
        var (siloPort, gatewayPort) = (silo.SiloPort, silo.GatewayPort);
        await using var alive = silo;
        var client = await silo.Connect();
        (await client.GetGrain<ICounterGrain>("a").Add(1)).ShouldBe(1);
        await silo.StopSilo();
        await Should.ThrowAsync<Exception>(() => client.GetGrain<ICounterGrain>("a").Add(1));
        await using var again = await RemoteSilo.Start(siloPort, gatewayPort);
        var deadline = DateTime.UtcNow + Witness.Deadline * 4;
        while (true)
        {
            try
            {
                (await client.GetGrain<ICounterGrain>("a").Add(1)).ShouldBe(1);
                return;
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException && DateTime.UtcNow < deadline)
            {
                await Task.Delay(100);
            }
        }
    }

    [Fact]
    public async Task A_client_without_a_silo_says_so_when_it_starts()
    {
        await using var silo = await RemoteSilo.Start();
        await silo.StopSilo();
        await Should.ThrowAsync<Exception>(() => silo.Connect());
    }

    [Fact]
    public async Task Garbage_on_the_gateway_port_harms_nobody()
    {
        await using var silo = await RemoteSilo.Start();
        var client = await silo.Connect();
        foreach (var garbage in (byte[][])[[0xff, 0xff, 0xff, 0x7f, 1], [1, 0, 0, 0, 77], "GET / HTTP/1.1\r\n\r\n"u8.ToArray()])
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, silo.GatewayPort);
            await socket.SendAsync(garbage);
            socket.Shutdown(SocketShutdown.Send);
        }

        (await client.GetGrain<ICounterGrain>("unharmed").Add(1)).ShouldBe(1);
    }

    [Fact]
    public async Task A_host_has_its_grains_by_injection()
    {
        await using var silo = await RemoteSilo.Start();
        var factory = silo.Services.GetRequiredService<IGrainFactory>();
        (await factory.GetGrain<ICounterGrain>("hosted").Add(2)).ShouldBe(2);
        (await silo.Services.GetRequiredService<IClusterClient>().GetGrain<ICounterGrain>("hosted").Value()).ShouldBe(2);
        var details = silo.Services.GetRequiredService<ILocalSiloDetails>();
        details.GatewayAddress.Endpoint.Port.ShouldBe(silo.GatewayPort);
    }

    [Fact]
    public async Task Whoever_announces_a_huge_message_before_the_greeting_is_let_go()
    {
        await using var silo = await RemoteSilo.Start();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, silo.GatewayPort);
        await socket.SendAsync(BitConverter.GetBytes(50_000_000));
        using var deadline = new CancellationTokenSource(Witness.Deadline);
        try
        {
            while (await socket.ReceiveAsync(new byte[1024], deadline.Token) > 0)
            {
                // Whatever the silo says first.
            }
        }
        catch (SocketException)
        {
            // Let go without a farewell.
        }
    }

    [StandInFact("Microsoft Orleans waits for its clients for as long as its host lets it.")]
    public async Task A_client_that_stops_reading_does_not_hold_up_the_silo_that_stops()
    {
        var silo = await RemoteSilo.Start();
        await using var alive = silo;
        await using var road = new Road(silo.GatewayPort);
        var mirror = (await silo.Connect(road.Port)).GetGrain<Values.IMirrorGrain>("unread");
        await mirror.Anything("hello");
        road.Block();
        var unanswered = mirror.Anything(new string('x', 40_000_000));
        await road.Blocked.WaitAsync(Witness.Deadline);
        await silo.StopSilo().WaitAsync(Witness.Deadline);
        await road.DisposeAsync();
        await Should.ThrowAsync<Exception>(() => unanswered);
    }

    [OtherUserFact]
    public async Task A_client_of_another_user_is_let_go_at_once()
    {
        await using var silo = await RemoteSilo.Start();
        using var own = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await own.ConnectAsync(IPAddress.Loopback, silo.GatewayPort);
        var script = $"exec 3<>/dev/tcp/127.0.0.1/{silo.GatewayPort}; cat <&3";
        using var other = Process.Start("/usr/bin/setpriv", ["--reuid=65534", "--clear-groups", "/bin/bash", "-c", script]);
        await other.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5));
        own.Poll(0, SelectMode.SelectRead).ShouldBeFalse();
        (await (await silo.Connect()).GetGrain<ICounterGrain>("own user").Add(1)).ShouldBe(1);
    }
}
