namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>platform-api.md §13: a directory in place of a platform.</summary>
public sealed class A_queue_of_files
{
    [Fact, Trait("spec", "PA-7")]
    public async Task Its_items_are_claimed_run_and_answered_with_a_file()
    {
        await using var bed = await PlatformBed.Start(capacity: 2);
        var queue = Directory.CreateDirectory(Path.Combine(bed.Installation.Directory, "queue")).FullName;
        bed.Configure(capacity: 2, "file://" + queue);
        await using var daemon = await RunningDaemon.Start(bed.Installation);

        await File.WriteAllTextAsync(Path.Combine(queue, "one.new"), bed.Item("ses-1", bed.Shop).ToJsonString());
        File.Move(Path.Combine(queue, "one.new"), Path.Combine(queue, "one.json"));

        var done = Path.Combine(queue, "done", "one.json");
        await PlatformBed.Until(() => File.Exists(done), "the answer");
        var answer = await File.ReadAllTextAsync(done);
        answer.ShouldContain("ses-1");
        answer.ShouldContain("completed");
        Directory.GetFiles(queue).ShouldBeEmpty();
        bed.Platform.Requests.Matching().ShouldBeEmpty();
    }
}
