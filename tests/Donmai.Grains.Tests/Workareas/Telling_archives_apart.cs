using Donmai.Grains.Tests.Machines;
using Donmai.Workareas;

namespace Donmai.Grains.Tests.Workareas;

public sealed class Telling_archives_apart
{
    private const int Files = (3 * WorkareaDiffPage.Largest) + 7;

    [Fact, Trait("spec", "WA-16")]
    public async Task Pages_come_until_the_summary_whatever_else_is_asked_of_the_archive()
    {
        await using var machine = await TestMachine.Running();
        MakeArchive(machine, "wa-1", 0);
        MakeArchive(machine, "wa-2", Files);
        machine.Archives.Made["wa-1"] = new WorkareaArchived { ArchiveId = "wa-1" };
        var entries = new List<WorkareaDifference>();
        WorkareaDiffSummary? summary = null;

        await foreach (var page in Workarea(machine, "wa-1").Diff("wa-2"))
        {
            summary.ShouldBeNull();
            page.Entries.Count.ShouldBeLessThanOrEqualTo(WorkareaDiffPage.Largest);
            entries.AddRange(page.Entries);
            summary = page.Summary;
            (await Workarea(machine, "wa-1").Inspect()).Kind.ShouldBe("archived"); // lets its grain go when nothing else needs it
        }

        entries.Select(static entry => entry.Path).ShouldBe(Enumerable.Range(0, Files).Select(Name));
        summary.ShouldBe(new WorkareaDiffSummary { WorkareaA = "wa-1", WorkareaB = "wa-2", Added = Files, Total = Files });
    }

    [Fact]
    public async Task Several_at_once_do_not_disturb_each_other()
    {
        await using var machine = await TestMachine.Running();
        MakeArchive(machine, "wa-1", 0);
        MakeArchive(machine, "wa-2", Files);
        MakeArchive(machine, "wa-3", 2);

        var totals = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            var pages = await Workarea(machine, "wa-1").Diff(number % 2 == 0 ? "wa-2" : "wa-3").ToListAsync();
            return pages[^1].Summary!.Total;
        }));

        totals.ShouldBe([Files, 2, Files, 2, Files, 2, Files, 2]);
    }

    [Fact, Trait("spec", "WA-17")]
    public async Task An_archive_does_not_differ_from_itself()
    {
        await using var machine = await TestMachine.Running();
        machine.Archives.Made["wa-1"] = new WorkareaArchived { ArchiveId = "wa-1" };

        (await Workarea(machine, "wa-1").Diff("wa-1").SingleAsync()).Summary.ShouldBe(new WorkareaDiffSummary { WorkareaA = "wa-1", WorkareaB = "wa-1" });
        await Should.ThrowAsync<WorkareaNotFoundException>(async () => await Workarea(machine, "nothing").Diff("nothing").ToListAsync());
    }

    [Fact, Trait("spec", "WA-25")]
    public async Task What_is_no_archive_is_not_found_and_a_live_session_is_none()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("live");
        MakeArchive(machine, "wa-1", 1);

        foreach (var (older, newer, unknown) in new[] { ("wa-1", "nothing", "nothing"), ("nothing", "wa-1", "nothing"), ("wa-1", "live", "live"), ("wa-1", "..", ".."), ("wa-1", "", "") })
            (await Should.ThrowAsync<WorkareaNotFoundException>(async () => await Workarea(machine, older).Diff(newer).ToListAsync())).WorkareaId.ShouldBe(unknown);
    }

    [Fact]
    public async Task A_broken_archive_is_told_by_its_type()
    {
        await using var machine = await TestMachine.Running();
        MakeArchive(machine, "wa-1", 1);
        Directory.Delete(Path.Combine(MakeArchive(machine, "wa-2", 0), "tree"));

        (await Should.ThrowAsync<ArchiveCorruptedException>(async () => await Workarea(machine, "wa-1").Diff("wa-2").ToListAsync())).Message.ShouldContain("missing");
    }

    [Fact]
    public async Task Who_stops_reading_ends_the_work_and_can_begin_anew()
    {
        await using var machine = await TestMachine.Running();
        MakeArchive(machine, "wa-1", 0);
        MakeArchive(machine, "wa-2", Files);

        await foreach (var page in Workarea(machine, "wa-1").Diff("wa-2"))
        {
            page.Entries.ShouldNotBeEmpty();
            break;
        }

        (await Workarea(machine, "wa-1").Diff("wa-2").ToListAsync())[^1].Summary!.Added.ShouldBe(Files);
    }

    private static string Name(int number) => $"f-{number:0000}";

    private static string MakeArchive(TestMachine machine, string id, int files)
    {
        var path = Path.Combine(machine.State.Workareas, id);
        Directory.CreateDirectory(Path.Combine(path, "tree"));
        File.WriteAllText(Path.Combine(path, "manifest.json"), "{}");
        for (var number = 0; number < files; number++)
            File.WriteAllText(Path.Combine(path, "tree", Name(number)), "x");
        return path;
    }

    private static IWorkareaGrain Workarea(TestMachine machine, string id) => machine.Grains.GetGrain<IWorkareaGrain>($"{TestMachine.Name}/{id}");
}
