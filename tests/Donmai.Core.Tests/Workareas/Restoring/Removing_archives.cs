using Donmai.Workareas;

namespace Donmai.Core.Tests.Workareas.Restoring;

public sealed class Removing_archives : IDisposable
{
    private readonly RestoreBed _bed = new();

    [Fact]
    public async Task An_archive_goes_with_everything_in_it()
    {
        _bed.FullArchive();
        _bed.FullArchive("wa-2");

        await _bed.Archives.Remove("wa-1");

        Directory.GetFileSystemEntries(_bed.ArchiveRoot).Select(static path => Path.GetFileName(path)).ShouldBe(["wa-2"]);
        await Should.ThrowAsync<WorkareaNotFoundException>(_bed.Archives.Remove("wa-1"));
    }

    [Fact]
    public async Task A_corrupted_one_can_go()
    {
        _bed.Archive("broken", "{");

        await _bed.Archives.Remove("broken");

        (await _bed.Archives.List()).ShouldBeEmpty();
    }

    [Theory, Trait("spec", "WA-7")]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("a\\b")]
    [InlineData("")]
    [InlineData(".partial-wa-1")]
    [InlineData("no-archive")]
    public async Task What_is_no_archive_stays(string id)
    {
        Directory.CreateDirectory(Path.Join(_bed.ArchiveRoot, "no-archive", "tree"));
        Directory.CreateDirectory(Path.Join(_bed.ArchiveRoot, ".partial-wa-1", "tree"));
        Directory.CreateDirectory(Path.Join(_bed.Root, "outside"));
        await File.WriteAllTextAsync(Path.Join(_bed.Root, "outside", "manifest.json"), "{}");

        await Should.ThrowAsync<WorkareaNotFoundException>(_bed.Archives.Remove(id));

        File.Exists(Path.Join(_bed.Root, "outside", "manifest.json")).ShouldBeTrue();
        Directory.Exists(Path.Join(_bed.ArchiveRoot, "no-archive")).ShouldBeTrue();
    }

    [Fact, Trait("spec", "WA-8")]
    public async Task A_link_in_its_place_is_not_followed()
    {
        var outside = Directory.CreateDirectory(Path.Join(_bed.Root, "outside")).FullName;
        await File.WriteAllTextAsync(Path.Join(outside, "manifest.json"), "{}");
        Directory.CreateDirectory(_bed.ArchiveRoot);
        File.CreateSymbolicLink(Path.Join(_bed.ArchiveRoot, "wa-1"), outside);

        await Should.ThrowAsync<ArchiveCorruptedException>(_bed.Archives.Remove("wa-1"));

        File.Exists(Path.Join(outside, "manifest.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_is_read_stays_until_that_has_ended()
    {
        _bed.FullArchive();
        using (_bed.Use.Hold("wa-1"))
            await Should.ThrowAsync<WorkareaInUseException>(_bed.Archives.Remove("wa-1"));

        await _bed.Archives.Remove("wa-1");

        (await _bed.Archives.List()).ShouldBeEmpty();
    }

    public void Dispose() => _bed.Dispose();
}
