using Donmai.Client.Tests;
using Donmai.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Donmai.Cli.Tests.Sessions;

/// <summary>Ctrl-C while <c>donmai run</c> shows a session: the real program, a daemon that plays along.</summary>
public sealed class Interrupting_a_run : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _home = new();
    private readonly List<string> _stops = [];
    private readonly SemaphoreSlim _stopped = new(0);

    public void Dispose()
    {
        _stopped.Dispose();
        _home.Dispose();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Once_asks_for_the_end_and_waits_for_it(string signal)
    {
        await using var daemon = await Daemon(stopsNeeded: 1);
        await using var run = Run(daemon);
        await run.Prints("at work");

        run.Signal(signal);
        var outcome = await run.Ended();

        outcome.ExitCode.ShouldBe(5, outcome.ToString());
        outcome.Output.ShouldContain("stopping the session; Ctrl-C again ends it at once");
        _stops.ShouldBe(["""{"reason":"interrupted at the terminal"}"""]);
    }

    [Fact]
    public async Task Twice_asks_for_the_end_at_once()
    {
        await using var daemon = await Daemon(stopsNeeded: 2);
        await using var run = Run(daemon);
        await run.Prints("at work");

        run.Signal("INT");
        await run.Prints("stopping the session");
        run.Signal("INT");
        var outcome = await run.Ended();

        outcome.ExitCode.ShouldBe(5, outcome.ToString());
        _stops.Count.ShouldBe(2);
        _stops[1].ShouldContain("\"immediately\":true");
    }

    private DonmaiProcess Run(FakeDaemon daemon) =>
        DonmaiProcess.Start(_home, "run", "--repo", GitRepository.Create(_home.File("shop")), "--prompt", "x", "--daemon-url", daemon.Address);

    private Task<FakeDaemon> Daemon(int stopsNeeded) =>
        FakeDaemon.Start(routes =>
        {
            routes.MapGet("/api/daemon/status", static () => DaemonAnswers.Answer(new Donmai.Daemon.DaemonStatus { Status = "ready" }));
            routes.MapPost("/api/daemon/sessions", static () => DaemonAnswers.Answer(new SessionHandle { SessionId = "s1" }, StatusCodes.Status202Accepted));
            routes.MapPost("/api/daemon/sessions/{id}/stop", async (string id, HttpRequest request) =>
            {
                _stops.Add(await new StreamReader(request.Body).ReadToEndAsync());
                _stopped.Release();
                return DaemonAnswers.Answer(new SessionStopOutcome { SessionId = id, Stopped = true });
            });
            routes.MapSession(
                static () => Sample.Failed with { State = SessionState.Terminated, LastEventSeq = 1 },
                async (_, response) =>
                {
                    await response.Send(FakeDaemon.Line(1, "at work"));
                    for (var i = 0; i < stopsNeeded; i++)
                        await _stopped.WaitAsync(Deadline);
                });
        });
}
