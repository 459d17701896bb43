using Donmai.Core.Workareas;
using Donmai.Workareas;

namespace Donmai.Core.Tests.Workareas;

public sealed class Reading_archives
{
    [Fact]
    [Trait("spec", "WA-1")]
    public async Task A_missing_root_is_an_empty_list_and_is_not_made()
    {
        using var bed = new ArchiveBed();

        (await bed.Archives.List()).ShouldBeEmpty();

        Directory.Exists(bed.ArchiveRoot).ShouldBeFalse();
    }

    [Fact]
    [Trait("spec", "WA-1")]
    public async Task Files_and_directories_without_a_manifest_are_no_archives()
    {
        using var bed = new ArchiveBed();
        Directory.CreateDirectory(Path.Join(bed.ArchiveRoot, "empty", "tree"));
        await File.WriteAllTextAsync(Path.Join(bed.ArchiveRoot, "file"), "");

        (await bed.Archives.List()).ShouldBeEmpty();
        await Should.ThrowAsync<WorkareaNotFoundException>(() => bed.Archives.Inspect("empty"));
        await Should.ThrowAsync<WorkareaNotFoundException>(() => bed.Archives.Inspect("file"));
        await Should.ThrowAsync<WorkareaNotFoundException>(() => bed.Archives.Inspect("none"));
    }

    [Fact]
    [Trait("spec", "WA-2")]
    public async Task Archives_are_listed_in_byte_order()
    {
        using var bed = new ArchiveBed();
        foreach (var id in new[] { "zeta", "alpha", "mike", "Zulu", "\uffee", "\U0001f600" })
            bed.MakeArchive(id, "{}");

        (await bed.Archives.List()).Select(static row => row.Id).ShouldBe(["Zulu", "alpha", "mike", "zeta", "\uffee", "\U0001f600"]);
    }

    [Theory]
    [Trait("spec", "WA-3")]
    [InlineData("", "parse manifest")]
    [InlineData("{", "parse manifest")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{\"sizeBytes\":\"12\"}", "parse manifest")]
    [InlineData("{\"sessionId\":5}", "parse manifest")]
    [InlineData("{\"toolchain\":{\"node\":20}}", "parse manifest")]
    [InlineData("{\"id\":\"other\"}", "manifest id \"other\" does not match directory \"broken\"")]
    public async Task A_broken_manifest_is_a_row_and_cannot_be_used(string manifest, string complaint)
    {
        using var bed = new ArchiveBed();
        bed.MakeArchive("broken", manifest);
        bed.MakeArchive("good", "{\"disposition\":\"failed\"}");

        var rows = await bed.Archives.List();

        rows.Select(static row => row.Id).ShouldBe(["broken", "good"]);
        rows[0].ShouldSatisfyAllConditions(
            row => row.Disposition!.ShouldStartWith("corrupted: "),
            row => row.Disposition!.ShouldContain(complaint),
            row => row.Disposition!.ShouldNotContain(bed.Root),
            row => row.Kind.ShouldBe("archived"),
            row => row.Status.ShouldBe("archived"),
            row => row.ProviderId.ShouldBe(""));
        rows[1].Disposition.ShouldBe("failed");
        var refusal = await Should.ThrowAsync<ArchiveCorruptedException>(() => bed.Archives.Inspect("broken"));
        refusal.Message.ShouldStartWith("archive corrupted: ");
        refusal.Message.ShouldNotContain(bed.Root);
    }

    [Fact]
    [Trait("spec", "WA-3")]
    public async Task A_directory_in_place_of_the_manifest_is_corruption()
    {
        using var bed = new ArchiveBed();
        Directory.CreateDirectory(Path.Join(bed.ArchiveRoot, "a", "manifest.json"));

        (await bed.Archives.List()).ShouldHaveSingleItem().Disposition!.ShouldStartWith("corrupted: ");
        await Should.ThrowAsync<ArchiveCorruptedException>(() => bed.Archives.Inspect("a"));
    }

    [Fact]
    public async Task A_missing_tree_is_corruption_when_it_is_used()
    {
        using var bed = new ArchiveBed();
        bed.MakeArchive("a", "{}", withTree: false);

        (await Should.ThrowAsync<ArchiveCorruptedException>(() => bed.Archives.Inspect("a"))).Message.ShouldContain("missing");
    }

    [Fact]
    [Trait("spec", "WA-4")]
    public async Task Unknown_manifest_keys_come_back_unchanged()
    {
        using var bed = new ArchiveBed();
        bed.MakeArchive("a", "{ \"ticket\": \"ACME-318\",\n \"big\": 12345678901234567890.10, \"toolchain\": {\"go\":\"1.23.4\"}, \"createdAt\": \"soon\" }");

        var workarea = await bed.Archives.Inspect("a");

        workarea.Manifest!.Text.ShouldBe("{\"ticket\":\"ACME-318\",\"big\":12345678901234567890.10,\"toolchain\":{\"go\":\"1.23.4\"},\"createdAt\":\"soon\"}");
        workarea.Toolchain.ShouldBe(new Dictionary<string, string> { ["go"] = "1.23.4" });
        (await bed.Archives.List()).Single().CreatedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("10:00")]
    [InlineData("May 6")]
    [InlineData("2026-05-06 21:14:09")]
    [InlineData("2026-05-06T21:14:09")]
    [InlineData("2026-05-06")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("")]
    public async Task A_text_that_is_no_moment_counts_as_absent(string createdAt)
    {
        using var bed = new ArchiveBed();
        bed.MakeArchive("a", $$"""{"createdAt":"{{createdAt}}"}""");

        (await bed.Archives.List()).ShouldHaveSingleItem().CreatedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-05-06T21:14:09Z", 0)]
    [InlineData("2026-05-06T21:14:09.118157296Z", 118)]
    [InlineData("2026-05-06T23:14:09+02:00", 0)]
    public async Task Moments_are_read_in_every_form_that_RFC_3339_has(string createdAt, int milliseconds)
    {
        using var bed = new ArchiveBed();
        bed.MakeArchive("a", $$"""{"createdAt":"{{createdAt}}"}""");

        var moment = (await bed.Archives.List()).ShouldHaveSingleItem().CreatedAt.ShouldNotBeNull();

        (moment.UtcDateTime.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMillisecond))).ShouldBe(new DateTime(2026, 5, 6, 21, 14, 9, milliseconds, DateTimeKind.Utc));
    }

    [Theory]
    [Trait("spec", "WA-7")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("..\\outside")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("/etc")]
    [InlineData(".partial-a")]
    public async Task An_id_that_cannot_name_an_archive_does_not_exist(string id)
    {
        using var bed = new ArchiveBed();
        bed.MakeArchive("a", "{}");
        bed.MakeArchive(".partial-a", "{}");
        Directory.CreateDirectory(Path.Join(bed.Root, "outside", "tree"));
        await File.WriteAllTextAsync(Path.Join(bed.Root, "outside", "manifest.json"), "{}");

        (await Should.ThrowAsync<WorkareaNotFoundException>(() => bed.Archives.Inspect(id))).WorkareaId.ShouldBe(id);
        Should.Throw<WorkareaNotFoundException>(() => bed.Archives.EventLogPath(id));
        await Should.ThrowAsync<ArgumentException>(() => bed.Archives.Create(id, bed.Order));
    }

    [Fact]
    [Trait("spec", "WA-7")]
    public async Task An_id_longer_than_a_file_name_does_not_exist()
    {
        using var bed = new ArchiveBed();

        await Should.ThrowAsync<WorkareaNotFoundException>(() => bed.Archives.Inspect(new string('ä', 128)));
    }

    [Theory]
    [Trait("spec", "WA-8")]
    [InlineData("")]
    [InlineData("manifest.json")]
    [InlineData("tree")]
    public async Task A_symbolic_link_is_not_followed(string place)
    {
        using var bed = new ArchiveBed();
        var outside = Path.Join(bed.Root, "outside");
        Directory.CreateDirectory(Path.Join(outside, "tree"));
        await File.WriteAllTextAsync(Path.Join(outside, "manifest.json"), "{\"disposition\":\"secret\"}");
        if (place.Length == 0)
        {
            Directory.CreateDirectory(bed.ArchiveRoot);
            File.CreateSymbolicLink(Path.Join(bed.ArchiveRoot, "a"), outside);
        }
        else
        {
            var archive = bed.MakeArchive("a", "{}");
            if (place == "tree")
                Directory.Delete(Path.Join(archive, place));
            else
                File.Delete(Path.Join(archive, place));
            File.CreateSymbolicLink(Path.Join(archive, place), Path.Join(outside, place));
        }

        var row = (await bed.Archives.List()).ShouldHaveSingleItem();
        row.Disposition!.ShouldStartWith("corrupted: ");
        row.Disposition.ShouldContain("symbolic link");
        (await Should.ThrowAsync<ArchiveCorruptedException>(() => bed.Archives.Inspect("a"))).Message.ShouldContain("symbolic link");
    }

    [Fact]
    [Trait("spec", "WA-8")]
    public async Task A_link_that_takes_the_place_of_the_manifest_while_it_is_read_is_not_followed()
    {
        using var bed = new ArchiveBed();
        var archive = new DirectoryInfo(bed.MakeArchive("a", "{}"));
        var (manifest, link, file) = (Path.Join(archive.FullName, "manifest.json"), Path.Join(archive.FullName, "link"), Path.Join(archive.FullName, "file"));
        var secret = Path.Join(bed.Root, "secret");
        await File.WriteAllTextAsync(secret, "{\"disposition\":\"secret\"}");
        using var enough = new CancellationTokenSource();
        var swapping = Task.Factory.StartNew(Swap, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        for (var time = 0; time < 5000; time++)
            ArchiveRow.Of(archive)?.Disposition.ShouldNotBe("secret");

        await enough.CancelAsync();
        await swapping;

        void Swap()
        {
            while (!enough.IsCancellationRequested)
            {
                File.CreateSymbolicLink(link, secret);
                File.Move(link, manifest, overwrite: true);
                File.WriteAllText(file, "{}");
                File.Move(file, manifest, overwrite: true);
            }
        }
    }
}
