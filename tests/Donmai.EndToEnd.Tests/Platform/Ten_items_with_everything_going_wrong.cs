using System.Diagnostics;
using Donmai.FakePlatform.Faults;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>
/// The same ten items while the network, the platform and the daemon fail: 30 % of the requests are answered with 500 (half of those that tell of sessions
/// were carried out all the same), 10 % never, the token is revoked twice, the daemon is killed, and the platform is away for a minute while three sessions
/// end. What the platform knows in the end is the same.
/// </summary>
public sealed class Ten_items_with_everything_going_wrong
{
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(1);

    // Three in a row may fail, and be tried again half a minute later; the sessions' ends may have to wait for the daemon.
    private const double Patience = 180;

    [Fact, Trait("spec", "PA-10"), Trait("spec", "PA-13"), Trait("spec", "PA-31"), Trait("spec", "WK-27")]
    public async Task Nothing_is_lost_and_nothing_told_twice()
    {
        await using var bed = await PlatformBed.Start(capacity: 10);
        var sessions = Enumerable.Range(0, 10).Select(n => $"ses-{n}").ToList();
        foreach (var id in sessions)
            bed.Agents.Hold(id);
        bed.QueueTen();
        Trouble(bed.Platform.Faults);

        await using (var first = await RunningDaemon.Start(bed.Installation))
        {
            await PlatformBed.Until(() => sessions.All(bed.Agents.IsHalfWay), "all agents to be half way", Patience);
            await Revoked(bed, generation: 2);
            await first.Program.KillHard();
        }

        await using var second = await RunningDaemon.Start(bed.Installation);
        await Revoked(bed, generation: 3);
        TokenSearch.InProcesses(bed);
        foreach (var id in sessions)
            await PlatformBed.Until(() => bed.Platform.Sessions.Find(id)!.Statuses.Count > 0, $"the platform to hear that {id} runs", Patience);
        foreach (var id in sessions.Skip(3))
            bed.Agents.Release(id);
        foreach (var id in sessions.Skip(3))
            await bed.Ended(id, Patience);

        // The last three end while the platform is away: for a minute, or for as long as it takes them to find nobody.
        var away = Stopwatch.StartNew();
        bed.Platform.Faults.GoDown(TimeSpan.MaxValue);
        foreach (var id in sessions.Take(3))
            bed.Agents.Release(id);
        foreach (var id in sessions.Take(3))
            await bed.Platform.Requests.First($"/api/sessions/{id}/completion", static told => told.Status == 0).WaitAsync(TimeSpan.FromSeconds(Patience));
        sessions.Take(3).ShouldAllBe(id => !bed.Platform.Sessions.Find(id)!.IsTerminal);
        bed.Platform.Faults.GoDown(away.Elapsed < Outage ? Outage - away.Elapsed : TimeSpan.Zero);

        // What no worker could tell while it lived is told by the daemon.
        foreach (var id in sessions)
        {
            await bed.Ended(id, Outage.TotalSeconds + Patience);
            await bed.HasHeardAllOf(id, PlatformBed.IsCodex(id), Patience);
            await PlatformBed.Until(() => IssueCalls(bed, id).Count > 0, $"the word for the issue of {id}", Patience);
            IssueCalls(bed, id).ShouldBe([("updateIssueStatus", "Finished")]);
        }

        bed.Platform.Sessions.All.Count.ShouldBe(10);
        Answered(bed, "register").ShouldBe(1, "a lost answer is no reason for another identity");
        Answered(bed, "refresh-token").ShouldBe(2, "one for each token that was revoked");
        second.Program.Signal("TERM");
        (await second.Program.Ended()).ExitCode.ShouldBe(0);
        TokenSearch.InFiles(bed);
    }

    private static void Trouble(FaultScript faults)
    {
        foreach (var told in new[] { "/api/sessions/*", "/api/issue-tracker-proxy" })
        {
            faults.Add(new Fault { Kind = FaultKind.Status, Path = told, Percent = 15 });
            faults.Add(new Fault { Kind = FaultKind.Status, Path = told, Percent = 15, After = true });
        }

        faults.Add(new Fault { Kind = FaultKind.Status, Path = "/api/workers/*", Percent = 30 });
        faults.Add(new Fault { Kind = FaultKind.Stall, Path = "/api/*", Percent = 10 });
    }

    // Who calls with the new token has kept it: the next daemon begins with it.
    private static async Task Revoked(PlatformBed bed, int generation)
    {
        bed.Platform.Workers.ExpireTokens();
        await bed.Platform.Requests.First("/api/workers/*", call => call.Credential.Generation == generation).WaitAsync(TimeSpan.FromSeconds(Patience));
    }

    private static int Answered(PlatformBed bed, string call) => bed.Platform.Requests.Matching(call).Count(static asked => asked.Status == 200);

    private static List<(string, string)> IssueCalls(PlatformBed bed, string id) =>
        [.. bed.Platform.Issues.Calls.Where(call => call.Args[0] == "issue-" + id).Select(static call => (call.Method, call.Args[1]))];
}
