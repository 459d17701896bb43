using System.Net;
using Donmai.Daemon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Donmai.Client.Tests.Daemon;

public sealed class Reaching_the_daemon
{
    [Fact]
    public async Task Status_is_read_as_the_daemon_writes_it()
    {
        var status = new DaemonStatus { Status = "ready", Version = "1.4.0", MachineId = "studio-7", Pid = 4, MaxSessions = 6, Engine = "e" };
        await using var daemon = await FakeDaemon.Answering("/api/daemon/status", HttpStatusCode.OK, FakeDaemon.Json(status));
        using var client = daemon.Client();

        (await client.Status()).ShouldBe(status);
    }

    [Theory]
    [InlineData("ok", true)]
    [InlineData("hello", false)]
    public async Task Healthy_is_only_who_says_ok(string body, bool healthy)
    {
        await using var daemon = await FakeDaemon.Answering("/healthz", HttpStatusCode.OK, body);
        using var client = daemon.Client();

        (await client.IsHealthy()).ShouldBe(healthy);
    }

    [Fact]
    public async Task A_Unix_socket_serves_as_well()
    {
        var directory = Directory.CreateTempSubdirectory("donmai-client-");
        try
        {
            var socket = Path.Combine(directory.FullName, "d.sock");
            await using var daemon = await FakeDaemon.Start(routes => routes.MapGet("/healthz", () => "ok"), socket: socket);
            using var client = FakeDaemon.Client("unix:" + socket);

            (await client.IsHealthy()).ShouldBeTrue();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_control_token_is_sent_when_there_is_one()
    {
        string? sent = null;
        await using var daemon = await FakeDaemon.Start(routes => routes.MapGet("/healthz", (HttpRequest request) =>
        {
            sent = request.Headers.Authorization;
            return "ok";
        }));
        using var client = new DonmaiClient(new DonmaiClientOptions { Address = daemon.Address, ControlToken = "t-1" });

        await client.IsHealthy();

        sent.ShouldBe("Bearer t-1");
    }
}
