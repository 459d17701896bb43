using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Donmai.EndToEnd.Tests.Sessions;

/// <summary>The scripting sample: a second process that calls the daemon's grains.</summary>
public sealed class Another_program_uses_the_grains : IDisposable
{
    private readonly Installation _installation = new();

    public void Dispose() => _installation.Dispose();

    [Fact]
    public async Task The_sample_lists_starts_and_follows_sessions()
    {
        var repository = GitRepository.Create(Path.Combine(_installation.Directory, "shop"), files: 3);
        _installation.Configure(capacity: 2, ("shop", repository.Path));
        var grainPort = FreePort().ToString(CultureInfo.InvariantCulture);
        await using var daemon = await RunningDaemon.Start(_installation, "--grain-port", grainPort);
        _installation.Environment["DONMAI_DAEMON_URL"] = daemon.Address.ToString();
        _installation.Environment["DONMAI_GRAIN_PORT"] = grainPort;

        await using var sample = RunningProgram.Start(
            Path.Combine(AppContext.BaseDirectory, "donmai-scripting"), ["shop", "say hello", "stub"], _installation.Environment);
        var outcome = await sample.Ended();

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldContain("event 1: SystemEvent");
        outcome.Output.ShouldContain("ResultEvent");
        outcome.Output.ShouldContain("ended: Completed, work area wa-script-");
        outcome.Output.ShouldContain("said: ");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
