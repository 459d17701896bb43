using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>
/// Reads an index line by line (<see cref="IndexFormat"/>), with no more than a line in memory. Whatever the bytes are, it gives sound lines or
/// says that the index is damaged: a path that leaves the tree, a name twice, a wrong order or a wrong checksum are damage.
/// </summary>
/// <param name="file">The index.</param>
/// <param name="checkSum">Whether the checksum is worked out; once it was, it need not be again.</param>
internal sealed class IndexReader(SafeFileHandle file, bool checkSum) : IDisposable
{
    private const int BufferBytes = 256 * 1024;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    private readonly IncrementalHash? _hash = checkSum ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private long _offset;
    private byte[] _path = new byte[4096];
    private int _pathLength;
    private byte[] _target = [];
    private bool _begun;

    /// <summary>Entries read so far, the start of the tree left out.</summary>
    public long Entries { get; private set; }

    /// <summary>Bytes of the files read so far.</summary>
    public long Size { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <returns>Whether there was one; if not, the index is whole and sound.</returns>
    /// <exception cref="IndexDamage">It is not.</exception>
    public bool Next(out IndexLine line)
    {
        if (!_begun && !TakeLine().SequenceEqual(IndexFormat.FirstLine[..^1]))
            throw new IndexDamage("its first line is another");
        var text = TakeLine();
        line = default;
        if (text.StartsWith(IndexFormat.End))
        {
            if (!_begun)
                throw new IndexDamage("it has no start");
            End(text[IndexFormat.End.Length..]);
            return false;
        }

        Read(text, ref line);
        _begun = true;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash?.Dispose();

    private void Read(ReadOnlySpan<byte> text, ref IndexLine line)
    {
        var rest = text;
        var letter = Field(ref rest);
        line.Kind = letter is [IndexFormat.DirectoryLetter] ? TreeEntryKind.Directory
            : letter is [IndexFormat.FileLetter] ? TreeEntryKind.File
            : letter is [IndexFormat.LinkLetter] ? TreeEntryKind.Link
            : throw new IndexDamage("a line has no kind");
        var mode = Octal(Field(ref rest));
        line.Stat = new TreeStat(mode, Number(ref rest), 0, Number(ref rest), Number(ref rest));
        line.Stat = line.Stat with { Inode = (ulong)Number(ref rest) };
        var hash = Field(ref rest);
        line.Hash = hash is [IndexFormat.NoHash] ? default : hash;
        line.Common = (int)Math.Clamp(Number(ref rest), -1, int.MaxValue);
        var suffix = line.Kind is TreeEntryKind.Link ? Field(ref rest) : rest;
        Check(line, suffix);
        TakePath(line.Common, suffix);
        line.Path = _path.AsSpan(0, _pathLength);
        if (line.Kind is TreeEntryKind.Link)
            line.Target = Target(rest);
        Count(line);
    }

    private void Check(in IndexLine line, ReadOnlySpan<byte> suffix)
    {
        if (line.Stat.Kind != line.Kind || line.Stat.Size < 0)
            throw new IndexDamage("a line contradicts itself");
        if (line.Kind is TreeEntryKind.File ? !IsHash(line.Hash) : !line.Hash.IsEmpty)
            throw new IndexDamage("a line has no hash or one too many");
        if (line.Common < 0 || line.Common > _pathLength || suffix.Length > IndexFormat.LongestText)
            throw new IndexDamage("a line has no path");
        if (_begun == (suffix.IsEmpty && line.Common == 0) || (!_begun && line.Kind is not TreeEntryKind.Directory))
            throw new IndexDamage("its start is not where it should be");
    }

    private void TakePath(int common, ReadOnlySpan<byte> suffix)
    {
        var before = common < _pathLength ? _path[common] : -1;
        if (common + suffix.Length > _path.Length)
            Array.Resize(ref _path, Math.Max(_path.Length * 2, common + suffix.Length));
        var length = common + Unescape(suffix, _path.AsSpan(common));
        if (_begun && (length == common || _path[common] <= before))
            throw new IndexDamage("its lines are not in order");
        _pathLength = length;
        CheckNames(common);
    }

    // Only what came after the last path in common is new.
    private void CheckNames(int common)
    {
        if (!_begun)
            return;
        var path = _path.AsSpan(0, _pathLength);
        var from = path[..common].LastIndexOf((byte)'/') + 1;
        foreach (var part in path[from..].Split((byte)'/'))
        {
            var name = path[from..][part];
            if (name.IsEmpty || name.SequenceEqual("."u8) || name.SequenceEqual(".."u8) || name.Contains((byte)0) || !Utf8.IsValid(name))
                throw new IndexDamage("a path is none");
            if (from == 0 && part.Start.Value == 0 && TreeWalk.IsPrivate(name))
                throw new IndexDamage("a path is private");
        }
    }

    private ReadOnlySpan<byte> Target(ReadOnlySpan<byte> text)
    {
        if (text.Length > _target.Length)
            _target = new byte[text.Length];
        var target = _target.AsSpan(0, Unescape(text, _target));
        return Utf8.IsValid(target) && !target.Contains((byte)0) ? target : throw new IndexDamage("a target is none");
    }

    private void Count(in IndexLine line)
    {
        if (!_begun)
            return;
        Entries++;
        if (line.Kind is TreeEntryKind.File)
            Size += line.Stat.Size;
    }

    private void End(ReadOnlySpan<byte> text)
    {
        var rest = text;
        var (entries, size) = (Number(ref rest), Number(ref rest));
        if (entries != Entries || size != Size || !IsHash(rest))
            throw new IndexDamage("its end does not fit");
        if (_start != _end || Fill())
            throw new IndexDamage("something follows its end");
        if (_hash is null)
            return;
        Span<byte> sum = stackalloc byte[IndexFormat.HashBytes];
        Span<byte> hex = stackalloc byte[IndexFormat.HashBytes * 2];
        _hash.GetHashAndReset(sum);
        Convert.TryToHexStringLower(sum, hex, out _);
        if (!rest.SequenceEqual(hex))
            throw new IndexDamage("its checksum is another");
    }

    // A line without its end; it counts for the checksum, but for the checksum itself.
    private ReadOnlySpan<byte> TakeLine()
    {
        var looked = 0;
        int end;
        while ((end = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n')) < 0)
        {
            looked = _end - _start;
            if (looked > IndexFormat.LongestText || !Fill())
                throw new IndexDamage("it ends too early");
        }

        var line = _buffer.AsSpan(_start, looked + end);
        var counted = line.StartsWith(IndexFormat.End) ? line.LastIndexOf((byte)' ') + 1 : line.Length + 1;
        _hash?.AppendData(_buffer, _start, counted);
        _start += line.Length + 1;
        return line;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = RandomAccess.Read(file, _buffer.AsSpan(_end), _offset);
        _end += count;
        _offset += count;
        return count > 0;
    }

    private static ReadOnlySpan<byte> Field(scoped ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)' ');
        if (end < 0)
            throw new IndexDamage("a line is too short");
        var field = rest[..end];
        rest = rest[(end + 1)..];
        return field;
    }

    private static long Number(scoped ref ReadOnlySpan<byte> rest)
    {
        var field = Field(ref rest);
        return Utf8Parser.TryParse(field, out long number, out var used) && used == field.Length ? number : throw new IndexDamage("a number is none");
    }

    private static int Octal(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        if (digits.Length != 6)
            throw new IndexDamage("a mode is none");
        foreach (var digit in digits)
            number = digit is >= (byte)'0' and <= (byte)'7' ? (number * 8) + digit - '0' : throw new IndexDamage("a mode is none");
        return number;
    }

    private static bool IsHash(ReadOnlySpan<byte> text) => text.Length == IndexFormat.HashBytes * 2 && !text.ContainsAnyExcept(HexDigits);

    private static int Unescape(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var used = 0;
        int special;
        while ((special = text.IndexOf((byte)'\\')) >= 0)
        {
            if (special + 1 == text.Length)
                throw new IndexDamage("a text ends too early");
            text[..special].CopyTo(into[used..]);
            used += special;
            into[used++] = text[special + 1] switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'s' => (byte)' ',
                (byte)'\\' => (byte)'\\',
                _ => throw new IndexDamage("a text is none"),
            };
            text = text[(special + 2)..];
        }

        text.CopyTo(into[used..]);
        return used + text.Length;
    }
}
