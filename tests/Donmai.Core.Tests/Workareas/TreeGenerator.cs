using System.Security.Cryptography;
using System.Text;
using Donmai.Core.Workareas.Trees;
using FsCheck;
using FsCheck.Fluent;

namespace Donmai.Core.Tests.Workareas;

/// <summary>Random trees as an index tells them: few names, so that two of them have much in common, and all that sort in a surprising way.</summary>
internal static class TreeGenerator
{
    private const int DirectoryMode = 0x4000;
    private const int FileMode = 0x8000;
    private const int LinkMode = 0xA1FF;

    private static readonly string[] Names = ["a", "a.txt", "a-b", "b", "\u00e9", "\ufb01", "\uffee", "\U0001F600", "~", ".rensei"];

    /// <summary>Two trees.</summary>
    public static Arbitrary<(TreeEntry[] A, TreeEntry[] B)> Pairs() =>
        (from a in Trees() from b in Trees() select (a, b)).ToArbitrary();

    /// <summary>The order of the paths as unsigned bytes, by the shortest way there is.</summary>
    public static int InBytes(string one, string other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));

    private static Gen<TreeEntry[]> Trees() =>
        from steps in Gen.Choose(0, Names.Length - 1).ArrayOf() from kinds in Gen.Choose(0, 11).ArrayOf() select Built(steps, kinds);

    private static TreeEntry[] Built(int[] steps, int[] kinds)
    {
        var entries = new Dictionary<string, TreeEntry>(StringComparer.Ordinal);
        var directory = "";
        for (var i = 0; i < steps.Length; i++)
        {
            var path = directory + Names[steps[i]];
            var kind = kinds.Length == 0 ? 0 : kinds[i % kinds.Length];
            if (!entries.TryGetValue(path, out var entry))
                entries[path] = entry = Entry(path, kind);
            directory = entry.Kind is TreeEntryKind.Directory ? path + "/" : kind % 2 == 0 ? "" : directory;
        }

        return [.. entries.Values.OrderBy(static entry => entry.Path, Comparer<string>.Create(InBytes))];
    }

    private static TreeEntry Entry(string path, int kind) => kind switch
    {
        < 4 => new() { Path = path, Kind = TreeEntryKind.Directory, Mode = DirectoryMode | (kind == 0 ? 0b111_000_000 : 0b111_101_101) },
        < 10 => new()
        {
            Path = path,
            Kind = TreeEntryKind.File,
            Mode = FileMode | (kind < 8 ? 0b110_100_100 : 0b111_101_101),
            Size = kind / 2,
            Hash = Convert.ToHexStringLower(SHA256.HashData([(byte)(kind / 2)])),
        },
        _ => new() { Path = path, Kind = TreeEntryKind.Link, Mode = LinkMode, Size = kind, LinkTarget = new string('x', kind) },
    };
}
