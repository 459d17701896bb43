using System.Diagnostics;
using NSubstitute;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>control-api.md §1.2: plain curl, by the daemon's user and by another user of the machine.</summary>
public sealed class Curl : IAsyncLifetime
{
    private GatewayUnderTest _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayUnderTest.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [CurlFact]
    public async Task The_same_user_s_plain_curl_works()
    {
        (await Run("curl", "-s", "-w", "%{http_code}", Url("/api/daemon/status"))).ShouldEndWith("\n200");
        (await Run("curl", "-s", "-w", "%{http_code}", "-X", "POST", Url("/api/daemon/stop"))).ShouldNotContain("403");
        (await Run("curl", "-s", "-w", "%{http_code}", "--unix-socket", _gateway.State.Socket, "http://localhost/api/daemon/status")).ShouldEndWith("\n200");
    }

    [CurlFact(AsSecondUser = true)]
    public async Task Another_local_user_s_curl_is_refused()
    {
        var user = $"donmai-{Guid.NewGuid():N}"[..20];
        await Run("useradd", "--no-create-home", "--shell", "/bin/sh", user);
        try
        {
            (await RunAs(user, "curl", "-s", "-w", "%{http_code}", Url("/api/daemon/status"))).ShouldBe("{\"error\":\"forbidden user\"}\n403");
            (await RunAs(user, "curl", "-s", "-w", "%{http_code}", "-X", "POST", Url("/api/daemon/stop"))).ShouldBe("{\"error\":\"forbidden user\"}\n403");
            (await RunAs(user, "curl", "-s", "-w", "%{http_code}", Url("/healthz"))).ShouldBe("ok200");
            (await RunAs(user, "curl", "-s", "-w", "%{http_code}", "--unix-socket", _gateway.State.Socket, "http://localhost/api/daemon/status")).ShouldBe("000");
            await _gateway.Daemon.DidNotReceiveWithAnyArgs().Stop(default!);
        }
        finally
        {
            await Run("userdel", user);
        }
    }

    private static Task<string> RunAs(string user, params string[] command) => Run("runuser", ["-u", user, "--", .. command]);

    private static async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = "/" };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return output;
    }

    private string Url(string path) => $"http://127.0.0.1:{_gateway.EndPoint.Port}{path}";
}
