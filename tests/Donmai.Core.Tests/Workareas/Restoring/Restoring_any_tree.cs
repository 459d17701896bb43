using Donmai.Core.Tests.Workareas.Trees;
using Donmai.Silo.Tests.Storage;
using Donmai.Workareas;
using FsCheck;
using FsCheck.Fluent;

namespace Donmai.Core.Tests.Workareas.Restoring;

public sealed class Restoring_any_tree
{
    // What a process may take away of a mode is not the tree's.
    private const UnixFileMode Kept = (UnixFileMode)0b111_101_101;

    private static readonly string[] Names = ["a", "b", "a.txt", "a-b", "ü", "😀", "\uFFFD", " ", "-", "*", "new\nline", "\\", ".hidden", new string('n', 255)];

    [Fact, Trait("spec", "WA-9")]
    public void Whatever_is_in_it_comes_out_as_it_was()
    {
        var name = Gen.Elements(Names);
        var content = ArbMap.Default.GeneratorFor<byte[]>().Select(static bytes => bytes.SelectMany(static b => Enumerable.Repeat(b, 700)).ToArray());
        var mode = Gen.Choose(0, 511).Select(static bits => ((UnixFileMode)bits & Kept) | UnixFileMode.UserRead);
        var file = from bytes in content from bits in mode select new Action<string>(path => Write(path, bytes, bits));
        var link = Gen.Elements("a", "../..", "/etc/passwd", "nothing", "ü/😀", ".").Select(static target => new Action<string>(path => File.CreateSymbolicLink(path, target)));
        var entry = from names in Gen.NonEmptyListOf(name) from make in Gen.Frequency((4, file), (1, link)) select (Path.Join([.. names.Take(4)]), make);

        Prop.ForAll(Gen.ListOf(entry, 12).ToArbitrary(), static entries => Restored(entries)).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public async Task A_tree_deeper_than_any_path()
    {
        using var bed = new RestoreBed();
        var tree = bed.Archive();
        DeepTree.Make(Path.Join(tree, "deep"), pieces: 4).ShouldBe(200);

        var restored = await bed.Restore();

        var depth = 0;
        var path = Path.Join(restored.Path, "deep");
        using var hold = new MovedUp(path);
        while (hold.Next())
            depth++;
        depth.ShouldBe(200);
        (await File.ReadAllTextAsync(Path.Join(hold.Path, "end"))).ShouldBe("deep");
    }

    [Fact]
    public async Task A_name_that_is_no_UTF8_makes_the_archive_corrupted()
    {
        using var bed = new RestoreBed();
        var tree = bed.Archive();
        using (var shell = System.Diagnostics.Process.Start("/bin/sh", ["-c", "touch \"$0/$(printf 'x\\377')\"", tree]))
            await shell.WaitForExitAsync();

        (await Should.ThrowAsync<ArchiveCorruptedException>(bed.Restore())).Message.ShouldContain("x\\xff");
    }

    [SmallDiskFact]
    public async Task A_disk_that_fills_leaves_nothing_and_the_next_restore_works()
    {
        using var disk = SmallDisk.TryMount(1024).ShouldNotBeNull();
        using var bed = new RestoreBed(disk.Path);
        await File.WriteAllBytesAsync(Path.Join(bed.Archive("wa-large"), "large"), new byte[600_000]);
        await File.WriteAllTextAsync(Path.Join(bed.Archive("wa-small"), "small"), "small");

        (await Should.ThrowAsync<RestoreFailedException>(bed.Restore("wa-large"))).Message.ShouldContain("No space left on device");

        Directory.GetFileSystemEntries(bed.RestoredRoot).ShouldBeEmpty();
        (await bed.Restored.List()).ShouldBeEmpty();
        (await File.ReadAllTextAsync(Path.Join((await bed.Restore("wa-small")).Path, "small"))).ShouldBe("small");
    }

    private static bool Restored(IEnumerable<(string Path, Action<string> Make)> entries)
    {
        using var bed = new RestoreBed();
        var tree = bed.Archive();
        foreach (var (path, make) in entries)
        {
            var place = Path.Join(tree, path);
            if (!CanHold(tree, place) || Path.Exists(place) || new FileInfo(place).LinkTarget is not null)
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            make(place);
        }

        var restored = bed.Restore().GetAwaiter().GetResult();
        return RestoreBed.Picture(restored.Path!, withModes: false).SequenceEqual(RestoreBed.Picture(tree, withModes: false));
    }

    private static bool CanHold(string tree, string place)
    {
        for (var outer = Path.GetDirectoryName(place)!; outer.Length > tree.Length; outer = Path.GetDirectoryName(outer)!)
            if (new FileInfo(outer) is { LinkTarget: not null } or { Exists: true })
                return false;
        return true;
    }

    private static void Write(string path, byte[] bytes, UnixFileMode mode)
    {
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, mode);
    }
}
