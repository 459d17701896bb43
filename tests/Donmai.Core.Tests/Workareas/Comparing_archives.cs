using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Donmai.Core.Workareas;
using Donmai.Workareas;

namespace Donmai.Core.Tests.Workareas;

/// <summary>What differs between two archives on the disk (workareas.md §6, §9).</summary>
public sealed class Comparing_archives : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly ArchiveBed _bed = new();
    private readonly string _a;
    private readonly string _b;

    public Comparing_archives()
    {
        _a = Path.Join(_bed.MakeArchive("wa-a", "{}"), "tree");
        _b = Path.Join(_bed.MakeArchive("wa-b", "{}"), "tree");
    }

    private ArchiveDiffs Diffs => new(_bed.Archives, _bed.Trees);

    public void Dispose() => _bed.Dispose();

    [Fact, Trait("spec", "WA-16")]
    public async Task One_added_one_removed_and_one_changed_file_are_three_entries()
    {
        Write(_a, "src/same", "same");
        Write(_b, "src/same", "same");
        Write(_a, "src/gone", "");
        Write(_b, "src/new", "fresh");
        Write(_a, "src/changed", "before");
        Write(_b, "src/changed", "after");

        var (entries, summary) = await Diff();

        entries.ShouldBe(
        [
            new() { Path = "src/changed", Status = "modified", SizeA = 6, SizeB = 5, ModeA = "-rw-r--r--", ModeB = "-rw-r--r--", HashA = Hash("before"), HashB = Hash("after") },
            new() { Path = "src/gone", Status = "removed", ModeA = "-rw-r--r--", HashA = Hash("") },
            new() { Path = "src/new", Status = "added", SizeB = 5, ModeB = "-rw-r--r--", HashB = Hash("fresh") },
        ]);
        summary.ShouldBe(new WorkareaDiffSummary { WorkareaA = "wa-a", WorkareaB = "wa-b", Added = 1, Removed = 1, Modified = 1, Total = 3 });
    }

    [Fact, Trait("spec", "WA-17")]
    public async Task What_is_alike_gives_no_entry_whenever_it_was_written()
    {
        Write(_a, "src/one", "1");
        Write(_b, "src/one", "1");
        File.SetLastWriteTimeUtc(Path.Join(_b, "src", "one"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        File.CreateSymbolicLink(Path.Join(_a, "link"), "src");
        File.CreateSymbolicLink(Path.Join(_b, "link"), "src");

        (await Diff()).Entries.ShouldBeEmpty();
        (await Diff("wa-a", "wa-a")).Summary.ShouldBe(new WorkareaDiffSummary { WorkareaA = "wa-a", WorkareaB = "wa-a" });
    }

    [Fact, Trait("spec", "WA-18")]
    public async Task A_mode_alone_is_a_change_and_so_is_another_kind()
    {
        Write(_a, "run", "#!");
        Write(_b, "run", "#!");
        File.SetUnixFileMode(Path.Join(_b, "run"), (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(Path.Join(_a, "dir"), (UnixFileMode)0b111_000_000);
        Directory.CreateDirectory(Path.Join(_b, "dir"), (UnixFileMode)0b111_101_000);
        Write(_a, "thing", "x");
        Write(_b, "thing/child", "y");

        (await Diff()).Entries.ShouldBe(
        [
            new() { Path = "dir", Status = "modified", ModeA = "drwx------", ModeB = "drwxr-x---" },
            new() { Path = "run", Status = "modified", SizeA = 2, SizeB = 2, ModeA = "-rw-r--r--", ModeB = "-rwxr-xr-x", HashA = Hash("#!"), HashB = Hash("#!") },
            new() { Path = "thing", Status = "modified", SizeA = 1, ModeA = "-rw-r--r--", ModeB = "drwxr-xr-x", HashA = Hash("x") },
            new() { Path = "thing/child", Status = "added", SizeB = 1, ModeB = "-rw-r--r--", HashB = Hash("y") },
        ]);
    }

    [Fact, Trait("spec", "WA-19")]
    public async Task Links_are_compared_by_their_target_which_is_never_opened()
    {
        // Whoever opened a FIFO would wait for ever.
        var (one, other) = (Fifo("one"), Fifo("another"));
        File.CreateSymbolicLink(Path.Join(_a, "link"), one);
        File.CreateSymbolicLink(Path.Join(_b, "link"), other);
        File.CreateSymbolicLink(Path.Join(_a, "now-a-file"), "link");
        Write(_b, "now-a-file", "link");

        (await Diff().WaitAsync(Deadline)).Entries.ShouldBe(
        [
            new() { Path = "link", Status = "modified", SizeA = one.Length, SizeB = other.Length, ModeA = "Lrwxrwxrwx", ModeB = "Lrwxrwxrwx", LinkA = one, LinkB = other },
            new() { Path = "now-a-file", Status = "modified", SizeA = 4, SizeB = 4, ModeA = "Lrwxrwxrwx", ModeB = "-rw-r--r--", HashB = Hash("link"), LinkA = "link" },
        ]);
    }

    [Fact, Trait("spec", "WA-20")]
    public async Task Private_directories_at_the_top_are_nobodys_business_and_deeper_ones_are()
    {
        foreach (var name in new[] { ".rensei", ".donmai" })
        {
            Write(_a, $"{name}/state", "1");
            Write(_b, $"{name}/state", "2");
            Write(_a, $"src/{name}/state", "1");
            Write(_b, $"src/{name}/state", "2");
        }

        (await Diff()).Entries.ConvertAll(static entry => entry.Path).ShouldBe(["src/.donmai/state", "src/.rensei/state"]);

        Directory.Delete(Path.Join(_b, ".donmai"), recursive: true);
        Write(_b, ".donmai", "a file by that name");
        (await Diff()).Entries.Count.ShouldBe(2);
    }

    [Fact, Trait("spec", "WA-23")]
    public async Task Two_runs_say_the_same_in_byte_order_in_whichever_order_the_files_were_made()
    {
        string[] names = ["a/x", "a.txt", "a-b", "\uffee", "\U0001F600", "b/\U0001F600/c", "b/\ufb01", "Z", "~"];
        foreach (var name in names)
            Write(_b, name, name);
        var first = await Diff();
        Directory.Delete(_b, recursive: true);
        foreach (var name in names.Reverse())
            Write(_b, name, name);

        var second = await Diff();
        second.Entries.ShouldBe(first.Entries);
        second.Entries.ConvertAll(static entry => entry.Path).ShouldBe(
            ["Z", "a", "a-b", "a.txt", "a/x", "b", "b/\ufb01", "b/\U0001F600", "b/\U0001F600/c", "~", "\uffee", "\U0001F600"]);
    }

    [Fact, Trait("spec", "WA-24")]
    public async Task The_other_way_round_it_is_mirrored()
    {
        Write(_a, "gone/deep", "1");
        Write(_b, "new", "22");
        Write(_a, "both", "1");
        Write(_b, "both", "22");

        var there = await Diff();
        var back = await Diff("wa-b", "wa-a");

        back.Entries.ConvertAll(static entry => (entry.Path, entry.SizeB, entry.SizeA, entry.ModeB, entry.ModeA, entry.HashB, entry.HashA))
            .ShouldBe(there.Entries.ConvertAll(static entry => (entry.Path, entry.SizeA, entry.SizeB, entry.ModeA, entry.ModeB, entry.HashA, entry.HashB)));
        (back.Summary.Added, back.Summary.Removed, back.Summary.Modified).ShouldBe((there.Summary.Removed, there.Summary.Added, there.Summary.Modified));
    }

    [Theory, Trait("spec", "WA-25")]
    [InlineData("wa-a", "wa-none", "wa-none")]
    [InlineData("wa-none", "wa-a", "wa-none")]
    [InlineData("wa-none", "wa-none", "wa-none")]
    [InlineData("wa-a", "../wa-a", "../wa-a")]
    [InlineData("..", "..", "..")]
    [InlineData("", "", "")]
    [InlineData("wa-a", "wa-bare", "wa-bare")]
    [InlineData("wa-bare", "wa-bare", "wa-bare")]
    [InlineData("wa-a", ".partial-wa-b", ".partial-wa-b")]
    public async Task What_is_no_archive_is_not_found(string older, string newer, string unknown)
    {
        Directory.CreateDirectory(Path.Join(_bed.ArchiveRoot, "wa-bare", "tree"));

        (await Should.ThrowAsync<WorkareaNotFoundException>(() => Diff(older, newer))).WorkareaId.ShouldBe(unknown);
    }

    [Theory]
    [InlineData("wa-a", "wa-broken")]
    [InlineData("wa-broken", "wa-a")]
    [InlineData("wa-broken", "wa-broken")]
    [InlineData("wa-a", "wa-treeless")]
    [InlineData("wa-treeless", "wa-treeless")]
    [InlineData("wa-a", "wa-other")]
    [InlineData("wa-a", "wa-linked")]
    public async Task A_manifest_or_a_tree_that_cannot_be_used_is_corrupted(string older, string newer)
    {
        _bed.MakeArchive("wa-broken", "{");
        _bed.MakeArchive("wa-treeless", "{}", withTree: false);
        _bed.MakeArchive("wa-other", """{"id":"wa-else"}""");
        File.CreateSymbolicLink(Path.Join(_bed.MakeArchive("wa-linked", "{}", withTree: false), "tree"), _a);

        var refusal = await Should.ThrowAsync<ArchiveCorruptedException>(() => Diff(older, newer));

        refusal.Message.ShouldStartWith("archive corrupted: ");
        refusal.Message.ShouldNotContain(_bed.Root);
    }

    [Fact, Trait("spec", "WA-27")]
    public async Task A_FIFO_in_a_tree_is_corrupted_and_does_not_hang()
    {
        File.Move(Fifo("pipe"), Path.Join(_b, "pipe"));

        (await Should.ThrowAsync<ArchiveCorruptedException>(() => Diff().WaitAsync(Deadline))).Message.ShouldContain("pipe");
    }

    [Fact]
    public async Task Many_at_once_say_the_same()
    {
        for (var number = 0; number < 300; number++)
            Write(number % 2 == 0 ? _a : _b, $"d{number % 7}/f{number}", $"{number}");
        var alone = await Diff("wa-b", "wa-a");

        var together = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Diff(number % 2 == 0 ? "wa-a" : "wa-b", number % 2 == 0 ? "wa-b" : "wa-a"))).WaitAsync(Deadline);

        foreach (var (entries, summary) in together.Where(static one => one.Summary.WorkareaA == "wa-b"))
        {
            entries.ShouldBe(alone.Entries);
            summary.ShouldBe(alone.Summary);
        }

        foreach (var archive in new[] { "wa-a", "wa-b" })
            _bed.Use.RemoveUnlessHeld(archive, static () => { }).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_goes_away_ends_the_work()
    {
        MakeEndless(_a);
        using var ended = new CancellationTokenSource();
        var diff = Diffs.Compare("wa-a", "wa-b", ended.Token).ToListAsync(CancellationToken.None).AsTask();
        await Until(() => !_bed.Use.RemoveUnlessHeld("wa-a", static () => { }));

        await ended.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => diff.WaitAsync(Deadline));
        _bed.Use.RemoveUnlessHeld("wa-a", static () => { }).ShouldBeTrue();
    }

    [Fact]
    public async Task When_one_cannot_be_opened_the_other_is_not_waited_for()
    {
        MakeEndless(_a);

        await Should.ThrowAsync<WorkareaNotFoundException>(() => Diff("wa-a", "wa-none").WaitAsync(Deadline));
        await Should.ThrowAsync<WorkareaNotFoundException>(() => Diff("wa-none", "wa-a").WaitAsync(Deadline));
        _bed.Use.RemoveUnlessHeld("wa-a", static () => { }).ShouldBeTrue();
    }

    private static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static void Write(string tree, string path, string content)
    {
        var place = Path.Join(tree, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!, (UnixFileMode)0b111_101_101);
        File.WriteAllText(place, content);
        File.SetUnixFileMode(place, (UnixFileMode)0b110_100_100);
    }

    private async Task<(List<WorkareaDifference> Entries, WorkareaDiffSummary Summary)> Diff(string older = "wa-a", string newer = "wa-b")
    {
        var pages = await Diffs.Compare(older, newer).ToListAsync();
        pages.SkipLast(1).ShouldAllBe(static page => page.Summary == null);
        return ([.. pages.SelectMany(static page => page.Entries)], pages[^1].Summary.ShouldNotBeNull());
    }

    // More than anybody reads within the deadline, and it takes no room on the disk.
    private static void MakeEndless(string tree)
    {
        using var large = File.Create(Path.Join(tree, "large"));
        large.SetLength(1L << 42);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private string Fifo(string name)
    {
        var path = Path.Join(_bed.Root, name);
        using var make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
        return path;
    }
}
