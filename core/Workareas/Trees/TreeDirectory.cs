using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>
/// One open directory of a tree. Entries are reached by their name in it, never by a path, so that nothing outside the tree can be reached and
/// no path is too long. Names are bytes; links are never followed and special files are never opened.
/// </summary>
/// <param name="parent">The directory it is in; <see langword="null"/> for the start of a tree.</param>
/// <param name="name">Its name there.</param>
internal abstract class TreeDirectory(TreeDirectory? parent, byte[] name) : IDisposable
{
    /// <summary>Opens the start of a tree.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="follow">Whether it may be a link itself, as a place may be that the user has configured.</param>
    /// <exception cref="ArchiveProblem">It is a link, or no directory, or cannot be read.</exception>
    public static TreeDirectory Open(string path, bool follow = false) =>
        OperatingSystem.IsLinux() ? HandleDirectory.OpenRoot(path, follow) : PathDirectory.OpenRoot(path, follow);

    /// <summary>The names in it, sorted by <see cref="TreeNames"/>'s order, without <c>.</c> and <c>..</c>.</summary>
    public abstract TreeNames Names();

    /// <summary>What stands at a name, links as links.</summary>
    public abstract TreeStat Stat(ReadOnlySpan<byte> entry);

    /// <summary>The directory itself.</summary>
    public abstract TreeStat Stat();

    /// <summary>Opens a directory in it.</summary>
    public abstract TreeDirectory Enter(ReadOnlySpan<byte> entry);

    /// <summary>Opens a directory in it as the start of a tree of its own.</summary>
    public abstract TreeDirectory Begin(ReadOnlySpan<byte> entry);

    /// <summary>Keeps it open for one more user, whatever <see cref="Dispose()"/> says, until <see cref="Release"/>.</summary>
    public abstract void Retain();

    /// <summary>Ends what <see cref="Retain"/> began.</summary>
    public abstract void Release();

    /// <summary>Opens a regular file in it for reading.</summary>
    public abstract SafeFileHandle OpenFile(ReadOnlySpan<byte> entry);

    /// <summary>What an open file is now.</summary>
    public abstract TreeStat Stat(SafeFileHandle file);

    /// <summary>Reads from an open file of it.</summary>
    /// <returns>Bytes; 0 at the end.</returns>
    public abstract int Read(ReadOnlySpan<byte> entry, SafeFileHandle file, Span<byte> buffer, long offset);

    /// <summary>The target text of a link in it.</summary>
    public abstract byte[] ReadLink(ReadOnlySpan<byte> entry);

    /// <summary>Removes an entry of it; a directory must be empty.</summary>
    public abstract void Remove(ReadOnlySpan<byte> entry, bool isDirectory);

    /// <summary>Lets the owner do everything with a directory in it.</summary>
    public abstract void Unlock(ReadOnlySpan<byte> entry);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>An entry's path from the start of the tree, in words: bytes that are no UTF-8 are shown as <c>\xNN</c>.</summary>
    public string PathOf(ReadOnlySpan<byte> entry)
    {
        var names = new List<string>();
        if (!entry.IsEmpty)
            names.Add(Shown(entry));
        for (var directory = this; directory.IsInside; directory = directory.Outer!)
            names.Add(Shown(directory.OwnName));
        names.Reverse();
        return names.Count == 0 ? "the start of the tree" : string.Join('/', names);
    }

    /// <summary>The problem that an entry is.</summary>
    public ArchiveProblem Problem(ReadOnlySpan<byte> entry, string reason) => new($"{PathOf(entry)} {reason}");

    /// <summary>What stands at a name, where it is something that an archive can hold.</summary>
    /// <exception cref="ArchiveProblem">Its name is no UTF-8, or it is a FIFO, a socket or a device.</exception>
    public TreeStat Usable(ReadOnlySpan<byte> entry)
    {
        if (!Utf8.IsValid(entry))
            throw Problem(entry, "has a name that is no UTF-8");
        var stat = Stat(entry);
        return stat.Kind is not null ? stat : throw Problem(entry, $"is {stat.KindName}");
    }

    /// <summary>Closes it.</summary>
    protected abstract void Dispose(bool disposing);

    private TreeDirectory? Outer => parent;

    private byte[] OwnName => name;

    private bool IsInside => parent is not null;

    private static string Shown(ReadOnlySpan<byte> name)
    {
        if (Utf8.IsValid(name))
            return Encoding.UTF8.GetString(name);
        var text = new StringBuilder();
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out var length) == System.Buffers.OperationStatus.Done)
                text.Append(rune.ToString());
            else
                foreach (var unknown in name[..length])
                    text.Append("\\x").Append(unknown.ToString("x2"));
            name = name[length..];
        }

        return text.ToString();
    }
}
