using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>What an archive's tree holds, compared with the tree when it was opened. The archive is held until this is disposed of.</summary>
internal sealed class ArchiveIndex : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly IDisposable _hold;

    internal ArchiveIndex(SafeFileHandle file, long entries, long size, IDisposable hold) =>
        (_file, EntryCount, SizeBytes, _hold) = (file, entries, size, hold);

    /// <summary>How many entries there are.</summary>
    public long EntryCount { get; }

    /// <summary>Bytes of the regular files.</summary>
    public long SizeBytes { get; }

    /// <summary>The entries in the byte order of their paths, read from the disk as they are asked for; can be asked for again.</summary>
    public IEnumerable<TreeEntry> Entries()
    {
        using var reader = new IndexReader(_file, checkSum: false);
        while (Next(reader) is { } entry)
            if (entry.Path.Length > 0)
                yield return entry;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _hold.Dispose();
    }

    private static TreeEntry? Next(IndexReader reader) => !reader.Next(out var line) ? null : new TreeEntry
    {
        Path = Encoding.UTF8.GetString(line.Path),
        Kind = line.Kind,
        Size = line.Size,
        Mode = line.Stat.Mode,
        Hash = line.Hash.IsEmpty ? null : Encoding.ASCII.GetString(line.Hash),
        LinkTarget = line.Kind is TreeEntryKind.Link ? Encoding.UTF8.GetString(line.Target) : null,
    };
}
