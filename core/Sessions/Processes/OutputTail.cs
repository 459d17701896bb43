using System.Buffers;
using System.Text;
using Donmai.Core.Sessions.Logs;

namespace Donmai.Core.Sessions.Processes;

/// <summary>Reads an output file as it grows, line by line; a line above 64 KiB comes in marked parts (daemon-runtime.md §9.4).</summary>
internal sealed class OutputTail(string path, (long Bytes, int Part) from, SecretRedactor secrets, long kept)
{
    /// <summary>Longest piece of a line, in bytes.</summary>
    internal const int LongestPiece = 64 * 1024;

    // Whole blocks of every file system, and not too often.
    private const long FreedAtOnce = 1024 * 1024;

    private long _offset = from.Bytes;
    private int _part = from.Part;
    private long _freed;
    private bool _cannotFree;

    /// <summary>How much of the file was passed on.</summary>
    internal (long Bytes, int Part) Position => (_offset, _part);

    /// <summary>Passes on lines that have become complete, of at most one piece, without the secrets in them.</summary>
    /// <param name="atEnd">Whether nothing more will come: then a last line without line feed counts.</param>
    /// <param name="line">Receives the lines without line feed.</param>
    /// <returns>Whether there is more.</returns>
    internal bool ReadPiece(bool atEnd, Action<string> line)
    {
        if (Length() <= _offset && !(atEnd && _part > 0))
            return false;
        var buffer = ArrayPool<byte>.Shared.Rent(LongestPiece);
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return ReadPiece(file, buffer.AsSpan(0, LongestPiece), atEnd, line);
        }
        catch (FileNotFoundException) when (_part > 0)
        {
            return false; // taken away since it was begun
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What was freed is no output. A machine that went down may have kept that and forgotten how far it was passed on.</summary>
    internal void SkipFreed()
    {
        if (OutputSpace.Next(path, _offset) is var next && next > _offset)
            (_offset, _part) = (next, 0);
    }

    /// <summary>Frees what was passed on, but for the last of it. Called when the position is kept: it is not read again.</summary>
    internal void FreePassedOn()
    {
        var end = (_offset - kept) / FreedAtOnce * FreedAtOnce;
        if (_cannotFree || end <= _freed)
            return;
        _cannotFree = !OutputSpace.Free(path, _freed, end - _freed);
        _freed = end;
    }

    private long Length() => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private bool ReadPiece(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> buffer, bool atEnd, Action<string> line)
    {
        var count = RandomAccess.Read(file, buffer, _offset);
        var rest = (ReadOnlySpan<byte>)buffer[..count];
        for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
        {
            Show(rest[..end], isLast: true, line);
            _offset += end + 1;
        }

        if (rest.Length == LongestPiece)
        {
            var piece = WholeCharacters(rest);
            piece = piece[..secrets.CutWithin(piece)];
            Show(piece, isLast: false, line);
            _offset += piece.Length;
        }
        else if (atEnd && count < buffer.Length)
        {
            if (rest.Length > 0 || _part > 0)
                Show(rest, isLast: true, line);
            _offset += rest.Length;
        }

        return count == buffer.Length;
    }

    private void Show(ReadOnlySpan<byte> piece, bool isLast, Action<string> line)
    {
        if (isLast && piece.EndsWith("\r"u8))
            piece = piece[..^1];
        var text = secrets.Apply(Encoding.UTF8.GetString(piece));
        if (isLast && _part == 0)
        {
            line(text);
            return;
        }

        _part++;
        line(isLast ? $"(part {_part}, last) {text}" : $"(part {_part}) {text}");
        if (isLast)
            _part = 0;
    }

    // A character is not cut in two.
    private static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> piece)
    {
        const int LongestCharacter = 4;
        for (var back = 1; back < LongestCharacter; back++)
            if ((piece[^back] & 0xC0) == 0xC0)
                return piece[..^back];
            else if ((piece[^back] & 0x80) == 0)
                break;
        return piece;
    }
}
