using Donmai.FakePlatform.Faults;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>The same ten items while the network, the platform and the daemon fail: what the platform knows in the end is the same.</summary>
public sealed class Ten_items_with_everything_going_wrong
{
    [Fact, Trait("spec", "PA-10"), Trait("spec", "PA-13")]
    public async Task Nothing_is_lost_and_nothing_told_twice()
    {
        await using var bed = await PlatformBed.Start(capacity: 10);
        bed.Installation.Environment["DONMAI_PLATFORM_TIMEOUT_SECONDS"] = "1";
        var sessions = Enumerable.Range(0, 10).Select(n => $"ses-{n}").ToList();
        foreach (var id in sessions)
            bed.Agents.Hold(id);
        bed.QueueTen();
        bed.Platform.Faults.Add(new Fault { Kind = FaultKind.Status, Path = "/api/*", Percent = 30 });
        bed.Platform.Faults.Add(new Fault { Kind = FaultKind.Stall, Path = "/api/*", Percent = 10 });

        await using (var first = await RunningDaemon.Start(bed.Installation))
        {
            await PlatformBed.Until(() => sessions.All(bed.Agents.IsHalfWay), "all agents to be half way");
            bed.Platform.Workers.ExpireTokens();
            await PlatformBed.Until(() => bed.Platform.Workers.All is [{ TokenGeneration: >= 2 }], "another token");
            await first.Program.KillHard();
        }

        await using var second = await RunningDaemon.Start(bed.Installation);
        foreach (var id in sessions.Skip(3))
            bed.Agents.Release(id);
        bed.Platform.Workers.ExpireTokens();
        foreach (var id in sessions.Skip(3))
            await bed.Ended(id);

        // The last three end while the platform is down.
        bed.Platform.Faults.GoDown(TimeSpan.FromHours(1));
        foreach (var id in sessions.Take(3))
            bed.Agents.Release(id);
        await PlatformBed.Until(
            () => sessions.Take(3).All(id => bed.Platform.Requests.Matching($"/api/sessions/{id}/completion").Count > 0), "the ends to be told to nobody");
        bed.Platform.Faults.GoDown(TimeSpan.Zero);

        // What no worker could tell while it lived is told by the daemon.
        foreach (var id in sessions)
        {
            await bed.Ended(id);
            await PlatformBed.Until(() => bed.Platform.Sessions.Find(id)!.Activities.Count >= FakeAgents.Activities(id).Count(), $"all activities of {id}");
        }

        foreach (var id in sessions)
            bed.ShouldHaveHeardAllOf(id, PlatformBed.IsCodex(id));
        TokenSearch.In(bed);
    }
}
