using System.Text.Json.Nodes;
using Donmai.FakePlatform.Workers;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>Scenarios S5, S10, S11, S13, S18: what a platform can ask of a running daemon, and how it can forget it.</summary>
public sealed class A_platform_that_has_wishes
{
    [Fact, Trait("spec", "PA-18"), Trait("spec", "PA-20")]
    public async Task It_changes_the_allowlist_and_holds_the_machine_back_for_a_while()
    {
        await using var bed = await PlatformBed.Start(capacity: 2);
        await using var daemon = await RunningDaemon.Start(bed.Installation);
        bed.Platform.Heartbeats.AddMutation(new Mutation { Op = "project.add", Params = new JsonObject { ["id"] = "docs", ["repository"] = "https://github.com/acme/docs" } });
        bed.Platform.Heartbeats.AddMutation(new Mutation { Op = "nonsense" });

        await PlatformBed.Until(() => bed.Platform.Heartbeats.Mutations.TrueForAll(static mutation => mutation.Acknowledgements > 0), "both to be acknowledged");
        bed.Platform.Heartbeats.Mutations[0].Error.ShouldBeNull();
        bed.Platform.Heartbeats.Mutations[1].Error.ShouldNotBeNull().ShouldContain("nonsense");
        (await File.ReadAllTextAsync(Path.Combine(bed.Installation.State, "daemon.yaml"))).ShouldContain("https://github.com/acme/docs");
        await PlatformBed.Until(() => bed.Platform.Workers.All[0].Allowlist.Exists(static entry => entry.Id == "docs"), "the new allowlist");

        bed.Platform.Heartbeats.SetHostStatus(new HostStatus("pool_draining", "Move to another pool."));
        await RunningDaemon.Until(async () => (await daemon.Http.GetStringAsync("/api/daemon/status")).Contains("pool_draining", StringComparison.Ordinal), "the host's status to be shown");
        bed.Queue("ses-1");
        var (beats, polls) = (bed.Platform.Workers.All[0].Beats, bed.Platform.Workers.All[0].Polls);
        await PlatformBed.Until(() => bed.Platform.Workers.All[0].Beats >= beats + 2, "two more beats");
        bed.Platform.Workers.All[0].Polls.ShouldBe(polls, "nothing is claimed meanwhile");
        bed.Platform.Heartbeats.SetHostStatus(new HostStatus("ok"));

        await bed.Ended("ses-1");
        await bed.HasHeardAllOf("ses-1");
    }

    [Fact, Trait("spec", "PA-10"), Trait("spec", "PA-12")]
    public async Task It_ends_a_token_and_the_session_does_not_notice()
    {
        await using var bed = await PlatformBed.Start(capacity: 2);
        bed.Agents.Hold("ses-1");
        bed.Queue("ses-1");
        await using var daemon = await RunningDaemon.Start(bed.Installation);
        await PlatformBed.Until(() => bed.Agents.IsHalfWay("ses-1"), "the agent to be half way");

        bed.Platform.Workers.ExpireTokens();
        foreach (var loop in new[] { "heartbeat", "poll" })
            await bed.Platform.Requests.First(loop, static asked => asked is { Status: 200, Credential: { Generation: 2, WorkerId: "wkr_1" } }).WaitAsync(TimeSpan.FromSeconds(60));
        bed.Agents.Release("ses-1");

        await bed.Ended("ses-1");
        bed.Platform.Requests.Matching("refresh-token").Count.ShouldBe(1, "one refresh for all who were refused");
        bed.Platform.Workers.Registrations.ShouldBe(1);
        await bed.HasHeardAllOf("ses-1");
    }
}
