using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Donmai.Core.Daemon.Updates;

namespace Donmai.Core.Tests.Daemon.Updates;

/// <summary>Installations of many files: a directory per version and a link to the present one.</summary>
public sealed class Updating_a_directory
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    [Fact]
    public async Task The_link_leads_to_the_new_version_and_the_former_one_is_kept()
    {
        await using var bed = Bed(out var root);
        bed.Offer(UpdateBed.Next, Release(UpdateBed.Next));

        (await bed.Update()).Reason.ShouldBe("update-applied");

        new DirectoryInfo(Path.Join(root, "current")).LinkTarget.ShouldBe("1.1.0");
        new DirectoryInfo(Path.Join(root, "current.prev")).LinkTarget.ShouldBe("1.0.0");
        File.ReadAllText(Path.Join(root, "current", "donmai")).ShouldBe(UpdateBed.Program(UpdateBed.Next));
        File.ReadAllText(Path.Join(root, "current", "lib", "a.txt")).ShouldBe("a");
        File.GetUnixFileMode(Path.Join(root, "current", "donmai")).ShouldBe(Executable);
        Names(root).ShouldBe(["1.0.0", "1.1.0", "current", "current.prev"]);
    }

    [Fact]
    public async Task A_version_that_does_not_run_is_undone_by_its_link()
    {
        await using var bed = Bed(out var root);
        bed.Offer(UpdateBed.Next, Release(UpdateBed.Next));
        await bed.Update();
        bed.Record.NoteStart(UpdateBed.Next);
        bed.Record.NoteStart(UpdateBed.Next);

        bed.Record.NoteStart(UpdateBed.Next).ShouldBeTrue();

        new DirectoryInfo(Path.Join(root, "current")).LinkTarget.ShouldBe("1.0.0");
    }

    [Fact]
    public async Task Versions_before_the_former_one_are_removed()
    {
        await using var bed = Bed(out var root);
        foreach (var version in new[] { "1.1.0", "1.2.0", "1.3.0" })
        {
            bed.Offer(version, Release(version));
            (await bed.Update()).Reason.ShouldBe("update-applied");
            bed.Version = version;
        }

        Names(root).ShouldBe(["1.2.0", "1.3.0", "current", "current.prev"]);
    }

    [Fact]
    public async Task Leftovers_of_an_attempt_are_in_nobody_s_way()
    {
        await using var bed = Bed(out var root);
        Directory.CreateDirectory(Path.Join(root, "1.1.0", "half"));
        File.WriteAllText(Path.Join(root, "current.new"), "");
        bed.Offer(UpdateBed.Next, Release(UpdateBed.Next));

        (await bed.Update()).Reason.ShouldBe("update-applied");

        Directory.Exists(Path.Join(root, "current", "half")).ShouldBeFalse();
        Names(root).ShouldBe(["1.0.0", "1.1.0", "current", "current.prev"]);
    }

    public static TheoryData<string, TarEntryType, string?> Attacks => new()
    {
        { "../evil", TarEntryType.RegularFile, null },
        { "lib/../../evil", TarEntryType.RegularFile, null },
        { "/tmp/donmai-evil", TarEntryType.RegularFile, null },
        { "link", TarEntryType.SymbolicLink, "/etc" },
        { "link", TarEntryType.SymbolicLink, "lib" },
        { "hard", TarEntryType.HardLink, "/etc/passwd" },
        { "pipe", TarEntryType.Fifo, null },
        { "donmai", TarEntryType.RegularFile, null }, // a second time
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task An_archive_that_leads_out_of_its_directory_is_refused(string name, TarEntryType type, string? target)
    {
        await using var bed = Bed(out var root);
        bed.Offer(UpdateBed.Next, Release(UpdateBed.Next, entries =>
        {
            var entry = new PaxTarEntry(type, name);
            if (type == TarEntryType.RegularFile)
                entry.DataStream = new MemoryStream("evil"u8.ToArray());
            if (target is not null)
                entry.LinkName = target;
            entries.WriteEntry(entry);
        }));

        (await bed.Update()).Reason.ShouldStartWith("swap-failed: ");

        Names(root).ShouldBe(["1.0.0", "current"]);
        File.Exists(Path.Join(root, "evil")).ShouldBeFalse();
        File.Exists("/tmp/donmai-evil").ShouldBeFalse();
        bed.Drains.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-1)]
    public async Task An_archive_that_is_none_is_refused(int length)
    {
        await using var bed = Bed(out var root);
        var release = Release(UpdateBed.Next);
        bed.Offer(UpdateBed.Next, length < 0 ? Encoding.ASCII.GetBytes("not an archive") : release[..length]);

        (await bed.Update()).Reason.ShouldStartWith("swap-failed: ");

        Names(root).ShouldBe(["1.0.0", "current"]);
        bed.Drains.ShouldBe(0);
    }

    [Fact]
    public void The_way_it_is_installed_is_found_out()
    {
        var root = Directory.CreateTempSubdirectory("donmai-installed-").FullName;
        try
        {
            var version = Directory.CreateDirectory(Path.Join(root, "1.0.0")).FullName;
            var program = Path.Join(version, "donmai");
            File.WriteAllText(program, "");

            InstalledPrograms.Find(program, "donmai", null).ShouldBeOfType<ProgramFile>().Location.ShouldBe(program);
            InstalledPrograms.Find(program, "donmai", version + "/").Obstacle.ShouldNotBeNull().ShouldContain("there is no link \"current\" to it");
            Directory.CreateSymbolicLink(Path.Join(root, "current"), "elsewhere");
            InstalledPrograms.Find(program, "donmai", version + "/").Obstacle.ShouldNotBeNull().ShouldContain("there is no link \"current\" to it");
            File.Delete(Path.Join(root, "current"));
            Directory.CreateSymbolicLink(Path.Join(root, "current"), "1.0.0");
            InstalledPrograms.Find(program, "donmai", version + "/").ShouldBeOfType<ProgramDirectory>().Location.ShouldBe(Path.Join(root, "current"));
            InstalledPrograms.Find(program, "donmai", Path.Join(root, "current") + "/").ShouldBeOfType<ProgramDirectory>();
            InstalledPrograms.Lasting(program).ShouldBe(Path.Join(root, "current", "donmai"));
            InstalledPrograms.Lasting(Path.Join(root, "donmai")).ShouldBe(Path.Join(root, "donmai"));
            InstalledPrograms.Lasting("/donmai").ShouldBe("/donmai");
            InstalledPrograms.Find(program, "testhost", version).Obstacle.ShouldNotBeNull().ShouldContain("inside of another program");
            InstalledPrograms.Find(null, "donmai", null).Obstacle.ShouldNotBeNull().ShouldContain("not known");
            InstalledPrograms.Find(Path.Join(root, "gone"), "donmai", null).Obstacle.ShouldNotBeNull().ShouldContain("not known");
            InstalledPrograms.Running().Obstacle.ShouldNotBeNull();
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static UpdateBed Bed(out string root)
    {
        var bed = new UpdateBed();
        root = Path.Join(bed.Root, "opt");
        var version = Directory.CreateDirectory(Path.Join(root, UpdateBed.Current)).FullName;
        File.WriteAllText(Path.Join(version, "donmai"), UpdateBed.Program(UpdateBed.Current));
        Directory.CreateSymbolicLink(Path.Join(root, "current"), UpdateBed.Current);
        bed.Installed = InstalledPrograms.Find(Path.Join(version, "donmai"), "donmai", version);
        return bed;
    }

    private static byte[] Release(string version, Action<TarWriter>? more = null)
    {
        using var bytes = new MemoryStream();
        using (var zipped = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        using (var entries = new TarWriter(zipped, TarEntryFormat.Pax))
        {
            Write("./donmai", UpdateBed.Program(version), Executable);
            entries.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "lib/"));
            Write("lib/a.txt", "a", UnixFileMode.UserRead);
            more?.Invoke(entries);

            void Write(string name, string text, UnixFileMode mode) => entries.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)), Mode = mode });
        }

        return bytes.ToArray();
    }

    private static IEnumerable<string> Names(string root) =>
        Directory.GetFileSystemEntries(root).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
