using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Donmai.Silo.Access;
using NSubstitute;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>control-api.md §1.2: who may talk to the control API.</summary>
public sealed class Callers : IAsyncLifetime
{
    private GatewayUnderTest _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayUnderTest.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("localhost")]
    [InlineData("LocalHost:7734")]
    [InlineData("[::1]")]
    [InlineData("[::1]:7734")]
    public async Task A_loopback_name_is_a_welcome_host(string host) =>
        (await _gateway.Raw($"GET /api/daemon/status HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).Status.ShouldBe(200);

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example:7734")]
    [InlineData("0.0.0.0:7734")]
    [InlineData("127.0.0.2")]
    [InlineData("")]
    [Trait("spec", "CA-25")]
    public async Task A_foreign_host_is_forbidden_and_changes_nothing(string host)
    {
        foreach (var request in (string[])["GET /healthz", "GET /api/daemon/status", "POST /api/daemon/sessions"])
        {
            var answer = await _gateway.Raw($"{request} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{{}}");

            answer.Status.ShouldBe(403);
            answer.Json.GetProperty("error").GetString().ShouldBe("forbidden host");
        }

        await _gateway.Spawner.DidNotReceiveWithAnyArgs().Accept(default!);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("file:///x")]
    [Trait("spec", "CA-25")]
    public async Task A_foreign_origin_is_forbidden_and_changes_nothing(string origin)
    {
        var answer = await _gateway.Raw("POST", "/api/daemon/sessions", $"Origin: {origin}\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n");

        answer.Status.ShouldBe(403);
        answer.Json.GetProperty("error").GetString().ShouldBe("forbidden origin");
        await _gateway.Spawner.DidNotReceiveWithAnyArgs().Accept(default!);
    }

    [Theory]
    [InlineData("cross-site", "no-cors", 403)]
    [InlineData("cross-site", "cors", 403)]
    [InlineData("cross-site", "navigate", 200)]
    [InlineData("same-origin", "cors", 200)]
    [InlineData("same-site", "no-cors", 200)]
    [InlineData("none", "navigate", 200)]
    [Trait("spec", "CA-25")]
    public async Task What_a_foreign_page_embeds_is_forbidden_too(string site, string mode, int status) =>
        (await _gateway.Raw("GET", "/api/daemon/status", $"Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\n")).Status.ShouldBe(status);

    [Theory]
    [InlineData("http://localhost:3000")]
    [InlineData("http://127.0.0.1:7734")]
    [InlineData("http://[::1]:8080")]
    public async Task A_page_of_this_machine_may_ask(string origin)
    {
        var answer = await _gateway.Raw("GET", "/api/daemon/status", $"Origin: {origin}\r\n");

        answer.Status.ShouldBe(200);
        answer.Head.ShouldNotContain("Access-Control");
    }

    [Fact]
    [Trait("spec", "CA-5")]
    public async Task Any_authorization_gets_the_same_answer_as_none()
    {
        var without = await _gateway.Raw("GET", "/api/daemon/status");

        foreach (var header in (string[])["Bearer nonsense", "Basic dTpw", "Bearer", "x"])
        {
            var with = await _gateway.Raw("GET", "/api/daemon/status", $"Authorization: {header}\r\n");
            with.Status.ShouldBe(without.Status);
            with.Body.ShouldBe(without.Body);
        }
    }

    [OtherUserFact]
    public async Task Another_user_is_refused_with_403_and_may_ask_for_health()
    {
        var status = await AskAsNobody("GET /api/daemon/status");
        var accept = await AskAsNobody("POST /api/daemon/sessions");
        var health = await AskAsNobody("GET /healthz");

        status.Status.ShouldBe(403);
        status.Json.GetProperty("error").GetString().ShouldBe("forbidden user");
        accept.Status.ShouldBe(403);
        health.Status.ShouldBe(200);
        await _gateway.Spawner.DidNotReceiveWithAnyArgs().Accept(default!);
    }

    [OtherUserFact]
    public async Task Another_user_with_the_control_token_is_let_in()
    {
        var token = (await File.ReadAllTextAsync(_gateway.State.ControlToken)).Trim();

        (await AskAsNobody("GET /api/daemon/status", $"Authorization: Bearer {token}\\r\\n")).Status.ShouldBe(200);
    }

    [LinuxFact]
    public async Task A_closed_connection_is_never_taken_for_root_s()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndpoint);
        using var accepted = await listener.AcceptSocketAsync();
        var (peer, local) = (accepted.RemoteEndPoint!, accepted.LocalEndPoint!);

        foreach (var source in (ISocketOwners[])[new SocketDiagnostics(), new SocketTable()])
        {
            if (source.IsAvailable)
                new PeerCheck([source], OwnUser.Id).Of(peer, local).ShouldBe(CallerTrust.SameUser, source.GetType().Name);
        }

        client.Close();

        foreach (var source in (ISocketOwners[])[new SocketDiagnostics(), new SocketTable()])
        {
            if (source.IsAvailable)
                new PeerCheck([source], OwnUser.Id).Of(peer, local).ShouldBe(CallerTrust.OtherUser, source.GetType().Name);
        }
    }

    [LinuxFact]
    public async Task Owners_of_IPv6_connections_are_found_too()
    {
        using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
        listener.Start();
        using var client = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndpoint);
        using var accepted = await listener.AcceptSocketAsync();

        new SocketTable().Find((IPEndPoint)accepted.RemoteEndPoint!, (IPEndPoint)accepted.LocalEndPoint!)!.Value.UserId.ShouldBe(OwnUser.Id);
        var diagnostics = new SocketDiagnostics();
        if (diagnostics.IsAvailable)
            diagnostics.Find((IPEndPoint)accepted.RemoteEndPoint!, (IPEndPoint)accepted.LocalEndPoint!)!.Value.UserId.ShouldBe(OwnUser.Id);
    }

    [Theory]
    [InlineData(0u, true, CallerTrust.SameUser)]
    [InlineData(1000u, true, CallerTrust.SameUser)]
    [InlineData(1001u, true, CallerTrust.OtherUser)]
    [InlineData(0u, false, CallerTrust.OtherUser)]
    [InlineData(1000u, false, CallerTrust.OtherUser)]
    internal void Only_an_open_socket_of_root_or_the_daemon_s_user_is_trusted(uint user, bool open, CallerTrust trust)
    {
        var here = new IPEndPoint(IPAddress.Loopback, 1);

        new PeerCheck([new KnownOwner(new SocketOwner(user, open))], 1000).Of(here, here).ShouldBe(trust);
    }

    [Fact]
    public void Where_nobody_can_tell_the_token_decides()
    {
        var here = new IPEndPoint(IPAddress.Loopback, 1);

        new PeerCheck([new KnownOwner(null) { IsAvailable = false }], 1000).Of(here, here).ShouldBe(CallerTrust.Unknown);
    }

    [Fact]
    public async Task The_Unix_socket_is_its_owner_s_and_serves_the_same_API()
    {
        var path = _gateway.Server.UnixSocket.ShouldNotBeNull();

        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var answer = await RawAnswer.Of(
            new UnixDomainSocketEndPoint(path), "GET /api/daemon/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        answer.Status.ShouldBe(200);
        answer.Json.GetProperty("machineId").GetString().ShouldBe(GatewayUnderTest.Machine);
    }

    private async Task<RawAnswer> AskAsNobody(string request, string headers = "")
    {
        var start = new ProcessStartInfo("setpriv") { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = "/" };
        var text = $"{request} HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nConnection: close\\r\\n{headers}\\r\\n";
        foreach (var word in (string[])["--reuid=65534", "--regid=65534", "--clear-groups", "bash", "-c",
            $"exec 3<>/dev/tcp/127.0.0.1/{_gateway.EndPoint.Port}; printf '{text}' >&3; cat <&3"])
            start.ArgumentList.Add(word);
        using var client = Process.Start(start)!;
        var answer = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        return RawAnswer.Parse(answer);
    }

    private sealed record KnownOwner(SocketOwner? Owner) : ISocketOwners
    {
        public bool IsAvailable { get; init; } = true;

        public SocketOwner? Find(IPEndPoint peer, IPEndPoint local) => Owner;
    }
}
