using System.Net;
using System.Net.Sockets;
using Donmai.Core.Daemon;
using Donmai.Silo.Access;
using Donmai.Silo.Gateway;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>control-api.md §1.1, §1.2: where the gateway listens, and what is asked of callers from elsewhere.</summary>
public sealed class RemoteListening
{
    [Fact]
    [Trait("spec", "CA-1")]
    public async Task The_usual_address_is_loopback_with_a_port_of_its_own()
    {
        await using var one = await GatewayUnderTest.Start();
        await using var two = await GatewayUnderTest.Start();

        one.EndPoint.ToString().ShouldStartWith("127.0.0.1:");
        one.EndPoint.Port.ShouldNotBe(0);
        two.EndPoint.Port.ShouldNotBe(one.EndPoint.Port);
        (await one.Raw("GET", "/healthz")).Status.ShouldBe(200);
        (await two.Raw("GET", "/healthz")).Status.ShouldBe(200);
    }

    [Fact]
    public void A_taken_port_is_one_clear_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var directory = new TemporaryDirectory();

        var refusal = Should.Throw<DaemonStartException>(() => Listeners.Bind(IPAddress.Loopback, port, Path.Combine(directory.Path, "s")));

        refusal.Message.ShouldContain($"Port {port} on 127.0.0.1 is taken");
        File.Exists(Path.Combine(directory.Path, "s")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public void An_address_open_to_other_machines_has_to_be_allowed(string host)
    {
        Should.Throw<DaemonStartException>(() => ListenAddress.Parse(host, allowRemote: false)).Message.ShouldContain("--allow-remote");
        ListenAddress.Parse(host, allowRemote: true).ShouldBe(IPAddress.Parse(host));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    [InlineData("::1", "::1")]
    public void A_loopback_address_needs_no_leave(string host, string address) =>
        ListenAddress.Parse(host, allowRemote: false).ShouldBe(IPAddress.Parse(address));

    [Fact]
    public void A_name_is_no_address() =>
        Should.Throw<DaemonStartException>(() => ListenAddress.Parse("my-box", allowRemote: true)).Message.ShouldContain("\"my-box\"");

    [Fact]
    public async Task An_open_listener_asks_everybody_for_the_control_token()
    {
        await using var gateway = await GatewayUnderTest.Start(address: "0.0.0.0");
        var token = (await File.ReadAllTextAsync(gateway.State.ControlToken)).Trim();
        var there = new IPEndPoint(IPAddress.Loopback, gateway.EndPoint.Port);

        var without = await RawAnswer.Of(there, Request("127.0.0.1", ""));
        var wrong = await RawAnswer.Of(there, Request("127.0.0.1", $"Authorization: Bearer {token}x\r\n"));
        var right = await RawAnswer.Of(there, Request("127.0.0.1", $"Authorization: Bearer {token}\r\n"));
        var rightFromAfar = await RawAnswer.Of(there, Request("box.example:80", $"Authorization: Bearer {token}\r\n"));
        var health = await RawAnswer.Of(there, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

        without.Status.ShouldBe(401);
        without.Json.GetProperty("error").GetString().ShouldBe("control token required");
        wrong.Status.ShouldBe(401);
        right.Status.ShouldBe(200);
        rightFromAfar.Status.ShouldBe(200);
        health.Status.ShouldBe(200);

        static string Request(string host, string headers) =>
            $"GET /api/daemon/status HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n";
    }

    [LinuxFact]
    public async Task An_open_listener_keeps_a_door_for_the_workers_of_this_machine()
    {
        await using var gateway = await GatewayUnderTest.Start(address: "0.0.0.0");

        gateway.Server.Local.Host.ShouldBe("127.0.0.1");
        gateway.Server.Local.Port.ShouldNotBe(gateway.EndPoint.Port);
        (await gateway.Http.GetAsync(new Uri(gateway.Server.Local, "/api/daemon/status"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void The_control_token_is_made_once_for_its_owner_only()
    {
        using var directory = new TemporaryDirectory();
        var path = new StateDirectory(directory.Path).ControlToken;

        ControlToken.Open(path);
        var secret = File.ReadAllText(path);
        var again = ControlToken.Open(path);

        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.ReadAllText(path).ShouldBe(secret);
        secret.Trim().Length.ShouldBeGreaterThan(40);
        again.IsIn("Bearer " + secret.Trim()).ShouldBeTrue();
        again.IsIn("Bearer ").ShouldBeFalse();
        again.IsIn(secret.Trim()).ShouldBeFalse();
        again.IsIn(null).ShouldBeFalse();
    }

    [Fact]
    public void A_control_token_that_others_can_read_is_refused()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "control.token");
        File.WriteAllText(path, "secret");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Should.Throw<DaemonStartException>(() => ControlToken.Open(path)).Message.ShouldContain("chmod 600");
    }
}
