using System.Diagnostics;
using System.Text.Json;
using Donmai.Core.Workareas;
using Donmai.Workareas;

namespace Donmai.Core.Tests.Workareas.Restoring;

public sealed class Restoring_archives : IDisposable
{
    private const UnixFileMode DirectoryMode = (UnixFileMode)0b111_101_000;

    private readonly RestoreBed _bed = new();

    [Fact, Trait("spec", "WA-9")]
    public async Task A_restored_tree_is_the_archive_s_and_the_archive_is_as_it_was()
    {
        var tree = _bed.FullArchive();
        var before = RestoreBed.Picture(Path.Join(_bed.ArchiveRoot, "wa-1"));

        var restored = await _bed.Restore();

        restored.Id.ShouldMatch("^wa-1-restore-[0-9]{19}$");
        (restored.Kind, restored.Status, restored.SessionId, restored.ProviderId).ShouldBe(("active", "ready", "ses_0a41", "local-pool"));
        (restored.ProjectId, restored.Ref, restored.Repository).ShouldBe(("acme-api", "main", "github.com/acme/api"));
        restored.Toolchain.ShouldNotBeNull()["go"].ShouldBe("1.23");
        restored.Manifest.ShouldNotBeNull().Text.ShouldContain("ACME-318");
        restored.Path.ShouldBe(Path.Join(_bed.RestoredRoot, restored.Id));
        restored.ArchiveLocation.ShouldBe(Path.Join(_bed.ArchiveRoot, "wa-1"));
        RestoreBed.Picture(restored.Path!, withModes: false).ShouldBe(RestoreBed.Picture(tree, withModes: false));
        File.Exists(Path.Join(restored.Path, ".donmai", "private")).ShouldBeTrue();
        RestoreBed.Picture(Path.Join(_bed.ArchiveRoot, "wa-1")).ShouldBe(before);
    }

    [Fact]
    public async Task Directories_get_their_own_mode_whatever_they_had()
    {
        var tree = _bed.FullArchive();
        File.SetUnixFileMode(Path.Join(tree, "src", "deep"), (UnixFileMode)0b101_000_000);

        var restored = await _bed.Restore();

        foreach (var directory in new[] { "", "src", "src/deep" })
            File.GetUnixFileMode(Path.Join(restored.Path, directory)).ShouldBe(DirectoryMode);
    }

    [Fact]
    public async Task The_record_says_who_and_why_to_its_owner_alone()
    {
        _bed.FullArchive();

        var restored = await _bed.Restore(into: "ses_debug_1", reason: "inspect failed migration");

        var path = restored.Path + ".json";
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var record = JsonDocument.Parse(await File.ReadAllTextAsync(path));
        record.RootElement.GetProperty("restoreId").GetString().ShouldBe(restored.Id);
        record.RootElement.GetProperty("archiveId").GetString().ShouldBe("wa-1");
        record.RootElement.GetProperty("intoSessionId").GetString().ShouldBe("ses_debug_1");
        record.RootElement.GetProperty("reason").GetString().ShouldBe("inspect failed migration");
        record.RootElement.GetProperty("restoredAt").GetDateTimeOffset().ShouldBe(restored.AcquiredAt.ShouldNotBeNull());

        var other = await _bed.Restore();
        var text = await File.ReadAllTextAsync(other.Path + ".json");
        text.ShouldNotContain("intoSessionId");
        text.ShouldNotContain("reason");
    }

    [Fact, Trait("spec", "WA-10")]
    public async Task A_session_id_can_be_taken_once()
    {
        _bed.FullArchive();

        (await _bed.Restore(into: "ses_9")).SessionId.ShouldBe("ses_9");

        (await Should.ThrowAsync<RestoreConflictException>(_bed.Restore(into: "ses_9"))).Message.ShouldBe("restore: intoSessionId \"ses_9\" already in use: conflict");
        (await _bed.Restored.List()).Count.ShouldBe(1);
        Directory.GetFileSystemEntries(_bed.RestoredRoot).Length.ShouldBe(2);
    }

    [Fact, Trait("spec", "WA-10")]
    public async Task Of_two_at_once_one_gets_the_session_id()
    {
        _bed.FullArchive();
        _bed.FullArchive("wa-2");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            try
            {
                await _bed.Restore(number % 2 == 0 ? "wa-1" : "wa-2", into: "ses_9");
                return true;
            }
            catch (RestoreConflictException)
            {
                return false;
            }
        }));

        outcomes.Count(static made => made).ShouldBe(1);
        (await _bed.Restored.List()).Count.ShouldBe(1);
    }

    [Fact, Trait("spec", "WA-15")]
    public async Task The_id_of_a_live_session_is_taken()
    {
        _bed.FullArchive();
        _bed.Live.Add("ses_live");

        await Should.ThrowAsync<RestoreConflictException>(_bed.Restore(into: "ses_live"));

        Directory.Exists(_bed.RestoredRoot).ShouldBeFalse();
    }

    [Theory, Trait("spec", "WA-10")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a\nb")]
    public async Task A_text_that_names_no_session_is_refused(string into)
    {
        _bed.FullArchive();

        (await Should.ThrowAsync<InvalidRestoreException>(_bed.Restore(into: into))).Message.ShouldStartWith("invalid body: ");
    }

    [Fact, Trait("spec", "WA-11")]
    public async Task Nothing_is_copied_when_the_guard_says_no()
    {
        _bed.FullArchive();
        _bed.Refusal = new RestoreSaturatedException("full", TimeSpan.FromSeconds(17));

        (await Should.ThrowAsync<RestoreSaturatedException>(_bed.Restore())).RetryAfter.ShouldBe(TimeSpan.FromSeconds(17));

        Directory.Exists(_bed.RestoredRoot).ShouldBeFalse();
        _bed.Demand.ShouldNotBeNull().SizeBytes.ShouldBe(12);
    }

    [Fact, Trait("spec", "WA-12")]
    public async Task What_cannot_be_restored_leaves_nothing()
    {
        await Should.ThrowAsync<WorkareaNotFoundException>(_bed.Restore("nothing"));
        await Should.ThrowAsync<WorkareaNotFoundException>(_bed.Restore("../wa-1"));
        _bed.Archive("broken", "{");
        await Should.ThrowAsync<ArchiveCorruptedException>(_bed.Restore("broken"));
        Directory.Delete(_bed.Archive("treeless"));
        await Should.ThrowAsync<ArchiveCorruptedException>(_bed.Restore("treeless"));
        var special = _bed.FullArchive("special");
        using (var make = Process.Start("mkfifo", [Path.Join(special, "src", "pipe")]))
            await make.WaitForExitAsync();
        (await Should.ThrowAsync<ArchiveCorruptedException>(_bed.Restore("special"))).Message.ShouldContain("src/pipe");

        var hidden = _bed.FullArchive("hidden");
        using (var make = Process.Start("mkfifo", [Path.Join(hidden, ".donmai", "pipe")]))
            await make.WaitForExitAsync();
        (await Should.ThrowAsync<ArchiveCorruptedException>(_bed.Restore("hidden"))).Message.ShouldContain(".donmai/pipe", customMessage: "found while copying");

        (!Directory.Exists(_bed.RestoredRoot) || Directory.GetFileSystemEntries(_bed.RestoredRoot).Length == 0).ShouldBeTrue();
    }

    [Fact, Trait("spec", "WA-12")]
    public async Task Room_and_the_session_id_are_looked_at_before_the_tree()
    {
        Directory.Delete(_bed.Archive());
        _bed.Live.Add("ses_live");
        await Should.ThrowAsync<RestoreConflictException>(_bed.Restore(into: "ses_live"));
        _bed.Refusal = new RestoreSaturatedException("full", TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<RestoreSaturatedException>(_bed.Restore(into: "ses_live"));
    }

    [Fact, Trait("spec", "WA-13")]
    public async Task Ten_at_once_are_ten_whole_trees()
    {
        var tree = _bed.FullArchive();
        for (var number = 0; number < 300; number++)
            await File.WriteAllTextAsync(Path.Join(tree, "src", $"file-{number}"), $"{number}");

        var restored = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _bed.Restore()));

        restored.Select(static area => area.Id).Distinct().Count().ShouldBe(10);
        var expected = RestoreBed.Picture(tree, withModes: false);
        foreach (var area in restored)
            RestoreBed.Picture(area.Path!, withModes: false).ShouldBe(expected);
        (await _bed.Restored.List()).Select(static area => area.Id).ShouldBe(restored.Select(static area => area.Id).Order(StringComparer.Ordinal));
    }

    [Fact, Trait("spec", "WA-26")]
    public async Task Restores_and_comparisons_of_the_same_archives_go_side_by_side()
    {
        var tree = _bed.FullArchive();
        await File.WriteAllTextAsync(Path.Join(_bed.FullArchive("wa-2"), "src", "a"), "HELLO");
        var diffs = new ArchiveDiffs(_bed.Archives, _bed.Trees);

        var compared = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Total()));
        var restored = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => _bed.Restore(number % 2 == 0 ? "wa-1" : "wa-2")));

        (await compared).ShouldAllBe(static total => total == 1);
        RestoreBed.Picture(restored[0].Path!, withModes: false).ShouldBe(RestoreBed.Picture(tree, withModes: false));

        async Task<int> Total()
        {
            var total = 0;
            await foreach (var page in diffs.Compare("wa-1", "wa-2"))
                total += page.Entries.Count;
            return total;
        }
    }

    [Fact, Trait("spec", "WA-14")]
    public async Task A_restored_work_area_is_listed_until_it_is_removed()
    {
        _bed.FullArchive();
        var restored = await _bed.Restore(into: "ses_9");

        (await _bed.Restored.List()).ShouldHaveSingleItem().Id.ShouldBe(restored.Id);
        (await _bed.Restored.Find(restored.Id)).ShouldNotBeNull().Path.ShouldBe(restored.Path);
        (await _bed.Restored.Remove(restored.Id, _bed.Occupancy)).ShouldBeTrue();

        (await _bed.Restored.Find(restored.Id)).ShouldBeNull();
        (await _bed.Restored.Remove(restored.Id, _bed.Occupancy)).ShouldBeFalse();
        Directory.GetFileSystemEntries(_bed.RestoredRoot).ShouldBeEmpty();
        (await _bed.Restore(into: "ses_9")).SessionId.ShouldBe("ses_9");
    }

    [Fact]
    public async Task What_a_live_session_uses_is_not_removed()
    {
        _bed.FullArchive();
        var restored = await _bed.Restore(into: "ses_9");
        _bed.Live.Add("ses_9");

        (await Should.ThrowAsync<WorkareaInUseException>(_bed.Restored.Remove(restored.Id, _bed.Occupancy))).Message.ShouldContain("ses_9");

        Directory.Exists(restored.Path).ShouldBeTrue();
    }

    [Fact]
    public async Task Links_stay_as_they_are_and_those_that_lead_out_are_told()
    {
        var tree = _bed.FullArchive();
        File.CreateSymbolicLink(Path.Join(tree, "absolute"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Join(tree, "src", "deep", "up"), "../../../outside");
        File.CreateSymbolicLink(Path.Join(tree, "src", "deep", "within"), "../../folder/../src");
        File.CreateSymbolicLink(Path.Join(tree, "loop"), "loop");

        var restored = await _bed.Restore();

        restored.EscapingLinks.ShouldBe(["absolute", "src/deep/up"]);
        new FileInfo(Path.Join(restored.Path, "absolute")).LinkTarget.ShouldBe("/etc/passwd");
        new FileInfo(Path.Join(restored.Path, "loop")).LinkTarget.ShouldBe("loop");
        (await _bed.Restored.Find(restored.Id))!.EscapingLinks.ShouldBe(restored.EscapingLinks);
    }

    [Fact]
    public async Task Of_many_links_that_lead_out_the_first_hundred_are_told()
    {
        var tree = _bed.Archive();
        for (var number = 149; number >= 0; number--)
            File.CreateSymbolicLink(Path.Join(tree, $"link-{number:000}"), "/");

        (await _bed.Restore()).EscapingLinks.ShouldBe(Enumerable.Range(0, 100).Select(static number => $"link-{number:000}"));
    }

    [Fact]
    public async Task What_was_interrupted_is_gone_after_the_next_start()
    {
        _bed.FullArchive();
        var whole = await _bed.Restore();
        Directory.CreateDirectory(Path.Join(_bed.RestoredRoot, "wa-1-restore-7.partial", "src"));
        await File.WriteAllTextAsync(Path.Join(_bed.RestoredRoot, "wa-1-restore-7.json"), "{}");
        await File.WriteAllTextAsync(Path.Join(_bed.RestoredRoot, "wa-1-restore-8.json.partial"), "{");
        await File.WriteAllTextAsync(Path.Join(_bed.RestoredRoot, "mine.txt"), "somebody's");

        using var next = _bed.AnotherDaemon();

        (await next.List()).ShouldHaveSingleItem().Id.ShouldBe(whole.Id);
        Directory.GetFileSystemEntries(_bed.RestoredRoot).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
            .ShouldBe(["mine.txt", whole.Id, whole.Id + ".json"]);
    }

    [Fact]
    public async Task An_archive_can_go_and_what_was_restored_from_it_stays()
    {
        _bed.FullArchive();
        var restored = await _bed.Restore();

        await _bed.Archives.Remove("wa-1");

        var found = (await _bed.Restored.Find(restored.Id)).ShouldNotBeNull();
        (found.SessionId, found.Repository).ShouldBe(("ses_0a41", "github.com/acme/api"));
        Directory.GetFileSystemEntries(_bed.ArchiveRoot).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_record_that_is_none_hides_its_work_area_and_nothing_else()
    {
        _bed.FullArchive();
        var (broken, whole) = (await _bed.Restore(), await _bed.Restore());
        await File.WriteAllTextAsync(broken.Path + ".json", "[");

        (await _bed.Restored.List()).ShouldHaveSingleItem().Id.ShouldBe(whole.Id);
        (await _bed.Restored.Find(broken.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task An_id_from_which_no_other_can_be_made_is_refused()
    {
        var id = new string('a', 220);
        _bed.FullArchive(id);

        (await Should.ThrowAsync<InvalidRestoreException>(_bed.Restore(id))).Message.ShouldContain("214");
    }

    public void Dispose() => _bed.Dispose();
}
