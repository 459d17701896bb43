namespace Donmai.Core.Workareas.Restoring;

/// <summary>Names and places beside an archive root (workareas.md §2).</summary>
/// <param name="archiveRoot">The archive root, absolute.</param>
internal sealed class RestoredLayout(string archiveRoot)
{
    /// <summary>What comes between an archive's id and the moment of the restore.</summary>
    internal const string Mark = "-restore-";

    /// <summary>Longest archive id in bytes from which the names of a restored work area can be made.</summary>
    internal const int LongestArchiveId = 214;

    private const string RecordSuffix = ".json";
    private const string PartialSuffix = ".partial";

    internal string ArchiveRoot { get; } = Path.TrimEndingDirectorySeparator(archiveRoot);

    internal string Root => ArchiveRoot + "-restored";

    /// <summary>Whether a text can name a restored work area.</summary>
    internal static bool IsRestoredId(string id) =>
        WorkareaIds.IsUsable(id) && id.LastIndexOf(Mark, StringComparison.Ordinal) is > 0 and var mark
        && id.Length > mark + Mark.Length && !id.AsSpan(mark + Mark.Length).ContainsAnyExceptInRange('0', '9');

    /// <summary>Whether it is something that was not finished.</summary>
    internal static bool IsPartial(string name) => name.EndsWith(PartialSuffix, StringComparison.Ordinal);

    /// <summary>The id a record is of; <see langword="null"/> when it is no name of a record.</summary>
    internal static string? IdOfRecord(string name) =>
        name.EndsWith(RecordSuffix, StringComparison.Ordinal) && name[..^RecordSuffix.Length] is var id && IsRestoredId(id) ? id : null;

    internal string Tree(string id) => Path.Join(Root, id);

    internal string Record(string id) => Path.Join(Root, id + RecordSuffix);

    internal string PartialTree(string id) => Path.Join(Root, id + PartialSuffix);

    internal string PartialRecord(string id) => Path.Join(Root, id + RecordSuffix + PartialSuffix);
}
