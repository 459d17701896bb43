using System.Text.Json;
using Donmai.Core.Daemon;
using Donmai.Core.Workareas.Trees;

namespace Donmai.Core.Workareas.Restoring;

/// <summary>
/// Restored trees and their records on disk. A tree is listed when both have their names: the record gets its own first, the tree last, and on
/// removal the tree loses it first, so that whatever is interrupted leaves only names that are removed at the next start.
/// </summary>
internal sealed class RestoredTrees(RestoredLayout layout)
{
    private const long LargestRecord = 32 * 1024 * 1024;

    /// <summary>All records that have their tree, by id in byte order.</summary>
    /// <param name="unreadable">Told the names of records that cannot be read; those are left out.</param>
    internal List<RestoreRecord> All(Action<string> unreadable)
    {
        var root = new DirectoryInfo(layout.Root);
        if (!root.Exists)
            return [];
        var records = new List<RestoreRecord>();
        foreach (var file in root.EnumerateFiles())
            if (RestoredLayout.IdOfRecord(file.Name) is { } id && HasTree(id))
                try
                {
                    if (Read(id) is { } record)
                        records.Add(record);
                }
                catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
                {
                    unreadable(file.Name);
                }

        records.Sort(static (one, other) => ByteOrder.Instance.Compare(one.RestoreId, other.RestoreId));
        return records;
    }

    /// <summary>The record of a tree that has one; <see langword="null"/> when there is none of that id.</summary>
    /// <exception cref="JsonException">It is no record.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    internal RestoreRecord? Find(string id) => HasTree(id) ? Read(id) : null;

    /// <summary>Whether nothing has that id, nor had it when it was interrupted.</summary>
    internal bool IsFree(string id) => !Path.Exists(layout.Tree(id)) && !Path.Exists(layout.PartialTree(id)) && !Path.Exists(layout.Record(id));

    /// <summary>Gives a partial tree its record and its name.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    internal void Finish(RestoreRecord record)
    {
        var partial = layout.PartialRecord(record.RestoreId);
        DurableFile.Create(partial, JsonSerializer.SerializeToUtf8Bytes(record, RestoreRecordJson.Default.RestoreRecord));
        File.Move(partial, layout.Record(record.RestoreId));
        Directory.Move(layout.PartialTree(record.RestoreId), layout.Tree(record.RestoreId));
        DurableFile.FlushDirectory(layout.Root);
    }

    /// <summary>Takes a tree out of sight, and its record with it; what is left is a partial tree.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    internal void Hide(string id)
    {
        Directory.Move(layout.Tree(id), layout.PartialTree(id));
        File.Delete(layout.Record(id));
    }

    /// <summary>Removes whatever is left of a work area that is not listed.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    internal void Discard(string id)
    {
        File.Delete(layout.PartialRecord(id));
        File.Delete(layout.Record(id));
        TreeRemoval.Remove(layout.PartialTree(id));
    }

    /// <summary>What was interrupted: names of partial trees and records, and of records without a tree.</summary>
    internal List<string> Leftovers() => !Directory.Exists(layout.Root)
        ? []
        : [.. Directory.EnumerateFileSystemEntries(layout.Root).Select(static path => Path.GetFileName(path)).Where(IsLeftover)];

    /// <summary>Removes one of the <see cref="Leftovers"/>.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    internal void Remove(string leftover)
    {
        var path = Path.Join(layout.Root, leftover);
        if (new FileInfo(path) is { LinkTarget: null, Exists: false } && Directory.Exists(path))
            TreeRemoval.Remove(path);
        else
            File.Delete(path);
    }

    private bool IsLeftover(string name) => RestoredLayout.IsPartial(name) || (RestoredLayout.IdOfRecord(name) is { } id && !HasTree(id));

    private bool HasTree(string id) => new DirectoryInfo(layout.Tree(id)) is { Exists: true, LinkTarget: null };

    private RestoreRecord? Read(string id)
    {
        var file = new FileInfo(layout.Record(id));
        if (!file.Exists || FileKinds.IsLink(file) || FileKinds.IsSpecial(file) || file.Length > LargestRecord)
            return null;
        return JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), RestoreRecordJson.Default.RestoreRecord) is { } record && record.RestoreId == id
            ? record
            : throw new JsonException("it is the record of another work area");
    }
}
