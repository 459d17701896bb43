using System.Text.Json.Nodes;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>Work items that are no use: each has one outcome, and the good one among them runs.</summary>
public sealed class Work_that_is_wrong
{
    private static readonly string[] NackKeys = ["sessionId", "issueId", "issueIdentifier", "priority", "queuedAt"];

    [Fact, Trait("spec", "PA-23")]
    public async Task What_cannot_be_run_is_given_back_or_left_and_the_rest_runs()
    {
        await using var bed = await PlatformBed.Start(capacity: 4);
        var elsewhere = bed.Item("ses-elsewhere", bed.Shop);
        elsewhere["repository"] = "https://git.example.invalid/acme/secret";
        elsewhere["novelty"] = new JsonObject { ["kept"] = true };
        var large = bed.Item("ses-large", bed.Shop);
        large["body"] = new string('x', 10_000_000);
        bed.Platform.Work.Enqueue("""{"priority":1}""");
        bed.Platform.Work.Enqueue("\"nonsense\"");
        bed.Platform.Work.Enqueue("""{"sessionId":"../../etc/passwd","repository":"shop","issueId":"i","issueIdentifier":"B-1","priority":0,"queuedAt":1}""");
        bed.Platform.Work.Enqueue("""{"sessionId":"ses-typed","repository":7,"issueId":"i","issueIdentifier":"B-2","priority":0,"queuedAt":1}""");
        bed.Platform.Work.Enqueue(elsewhere);
        bed.Platform.Work.Enqueue(large);
        bed.Queue("ses-good");
        bed.Queue("ses-good");

        await using var daemon = await RunningDaemon.Start(bed.Installation);

        await bed.Ended("ses-good");
        foreach (var id in new[] { "ses-elsewhere", "ses-typed", "ses-large", "../../etc/passwd" })
            await PlatformBed.Until(() => Nacked(bed, id), $"{id} to be given back");
        bed.Platform.Sessions.Find("ses-large")!.Nacks[0].Reason.ShouldNotBeNull().ShouldContain("more than 1048576");
        var activities = FakeAgents.Activities("ses-good").ToList();
        await PlatformBed.Until(() => bed.Platform.Sessions.Find("ses-good")!.Activities.Count >= activities.Count, "all activities of ses-good");
        bed.Platform.Sessions.Find("ses-good")!.Activities.Select(static activity => $"{activity.Type}: {activity.Content}")
            .ShouldBe(activities, "an item that comes twice runs once");
        var nack = bed.Platform.Sessions.Find("ses-elsewhere")!.Nacks.ShouldHaveSingleItem("it is not given back again and again");
        foreach (var key in NackKeys)
            nack.Work.TryGetProperty(key, out _).ShouldBeTrue(key);
        nack.Work.GetProperty("priority").GetInt32().ShouldBe(0);
        nack.Work.GetProperty("novelty").GetProperty("kept").GetBoolean().ShouldBeTrue("what the daemon does not know goes back as it came");
        nack.Reason.ShouldNotBeNull().ShouldContain("not in the project allowlist");
        Directory.GetFiles(Path.GetDirectoryName(bed.Installation.State)!, "passwd*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private static bool Nacked(PlatformBed bed, string sessionId) => bed.Platform.Sessions.Find(sessionId) is { Nacks.Count: > 0 };
}
