using System.Security.Cryptography;
using System.Text;
using Donmai.Core.Workareas.Trees;

namespace Donmai.Core.Tests.Workareas.Trees;

public sealed class Damaged_indexes
{
    private const string Id = "wa-1";
    private const int Inputs = 10_000;

    [Fact]
    public async Task Whatever_stands_in_an_index_the_answer_is_what_the_tree_holds()
    {
        using var bed = new ArchiveBed();
        var expected = await Sample(bed);
        var index = Path.Join(bed.ArchiveRoot, Id, "index");
        var sound = await File.ReadAllBytesAsync(index);
        var random = new Random(51);
        for (var input = 0; input < Inputs / 20; input++)
        {
            await File.WriteAllBytesAsync(index, Mutated(sound, random));

            using var opened = await bed.Trees.Open(Id, CancellationToken.None);
            opened.Entries().ShouldBe(expected, $"input {input}");
        }

        Directory.GetFileSystemEntries(Path.Join(bed.ArchiveRoot, Id)).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["index", "manifest.json", "tree"]);
    }

    [Fact]
    public async Task Any_bytes_are_read_as_sound_lines_or_as_damage()
    {
        using var bed = new ArchiveBed();
        await Sample(bed);
        var index = Path.Join(bed.ArchiveRoot, Id, "index");
        var sound = await File.ReadAllBytesAsync(index);
        using var file = File.OpenHandle(Path.Join(bed.Root, "fuzzed"), FileMode.CreateNew, FileAccess.ReadWrite);
        var random = new Random(52);
        var (read, damaged) = (0, 0);
        for (var input = 0; input < Inputs; input++)
        {
            var bytes = Mutated(sound, random);
            if (random.Next(2) == 0)
                bytes = WithChecksum(bytes);
            RandomAccess.SetLength(file, bytes.Length);
            RandomAccess.Write(file, bytes, 0);
            try
            {
                ReadThrough(file);
                read++;
            }
            catch (IndexDamage)
            {
                damaged++;
            }
        }

        damaged.ShouldBeGreaterThan(Inputs / 2);
        read.ShouldBeGreaterThan(0, "some mutations change nothing that counts");
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("b", "-1")]
    [InlineData("b", "-9223372036854775808")]
    [InlineData("b", "9223372036854775807")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../x")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a/")]
    [InlineData(".donmai/x")]
    public async Task A_path_that_leaves_the_tree_is_damage_even_under_a_right_checksum(string path, string common = "0")
    {
        using var bed = new ArchiveBed();
        await Sample(bed);
        var lines = (await File.ReadAllLinesAsync(Path.Join(bed.ArchiveRoot, Id, "index"))).Take(2).ToList();
        lines.Add($"f 100644 5 1 1 1 {new string('0', 64)} {common} {path}");
        lines.Add($"end 1 5 {new string('0', 64)}");
        var forged = Path.Join(bed.Root, "forged");
        await File.WriteAllBytesAsync(forged, WithChecksum(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")));

        using var file = File.OpenHandle(forged);
        Should.Throw<IndexDamage>(() => ReadThrough(file)).Message.ShouldNotContain("checksum");
    }

    [Fact]
    public async Task An_index_of_another_time_is_made_again()
    {
        using var bed = new ArchiveBed();
        await Sample(bed);
        var tree = Path.Join(bed.ArchiveRoot, Id, "tree");
        var random = new Random(53);
        for (var step = 0; step < 200; step++)
        {
            Change(tree, random);
            var expected = Walked(tree);

            using var opened = await bed.Trees.Open(Id, CancellationToken.None);
            opened.Entries().Select(static entry => (entry.Path, entry.Hash)).ShouldBe(expected, $"step {step}");
        }
    }

    [Fact]
    public async Task Where_the_archive_cannot_be_written_to_a_private_file_serves()
    {
        using var bed = new ArchiveBed();
        var expected = await Sample(bed);
        File.Delete(Path.Join(bed.ArchiveRoot, Id, "index"));
        Directory.CreateDirectory(Path.Join(bed.ArchiveRoot, Id, "index", "in", "the", "way"));

        using var opened = await bed.Trees.Open(Id, CancellationToken.None);

        opened.Entries().ShouldBe(expected);
    }

    private static async Task<List<TreeEntry>> Sample(ArchiveBed bed)
    {
        var tree = Path.Join(bed.MakeArchive(Id, "{}"), "tree");
        for (var number = 0; number < 12; number++)
        {
            Directory.CreateDirectory(Path.Join(tree, $"d{number % 3}", "e"));
            await File.WriteAllTextAsync(Path.Join(tree, $"d{number % 3}", "e", $"f {number}"), $"{number}");
        }

        File.CreateSymbolicLink(Path.Join(tree, "link"), "/etc/passwd");
        using var opened = await bed.Trees.Open(Id, CancellationToken.None);
        return [.. opened.Entries()];
    }

    private static void ReadThrough(Microsoft.Win32.SafeHandles.SafeFileHandle file)
    {
        using var reader = new IndexReader(file, checkSum: true);
        var before = Array.Empty<byte>();
        while (reader.Next(out var line))
        {
            line.Path.SequenceCompareTo(before).ShouldBeGreaterThanOrEqualTo(0);
            Encoding.UTF8.GetString(line.Path).Split('/').ShouldNotContain("..");
            before = line.Path.ToArray();
        }
    }

    private static byte[] Mutated(byte[] sound, Random random)
    {
        var bytes = sound.ToList();
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 1; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(Math.Min(80, bytes.Count - at)));
                    break;
                case 2:
                    bytes.InsertRange(at, sound.Skip(random.Next(sound.Length)).Take(random.Next(80)));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes[at] = (byte)"0123456789/.\\ \n-"[random.Next(16)];
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    // As somebody would who wants damage to be believed.
    private static byte[] WithChecksum(byte[] bytes)
    {
        var last = bytes.AsSpan().LastIndexOf("\nend "u8);
        if (last < 0)
            return bytes;
        var sum = bytes.AsSpan(last).LastIndexOf((byte)' ') + last + 1;
        return [.. bytes[..sum], .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, sum)))), (byte)'\n'];
    }

    private static void Change(string tree, Random random)
    {
        var place = Path.Join(tree, $"d{random.Next(3)}", $"n{random.Next(4)}");
        switch (random.Next(5))
        {
            case 0 or 1 when !Directory.Exists(place):
                File.WriteAllText(place, $"{random.Next(10)}"); // same size, perhaps in the same moment
                break;
            case 2:
                File.Delete(place);
                break;
            case 3:
                Directory.Move(Path.Join(tree, "d0"), Path.Join(tree, "moved"));
                Directory.Move(Path.Join(tree, "d1"), Path.Join(tree, "d0"));
                Directory.Move(Path.Join(tree, "moved"), Path.Join(tree, "d1"));
                break;
            default:
                foreach (var file in Directory.GetFiles(Path.Join(tree, "d2")))
                    File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
                break;
        }
    }

    private static List<(string Path, string? Hash)> Walked(string tree) =>
    [
        .. new DirectoryInfo(tree).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(entry => (
                Path: Path.GetRelativePath(tree, entry.FullName),
                Hash: entry is FileInfo { LinkTarget: null } ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(entry.FullName))) : null))
            .OrderBy(static entry => entry.Path, StringComparer.Ordinal),
    ];
}
