using System.Buffers.Text;
using System.Security.Cryptography;

namespace Donmai.Core.Workareas.Trees;

/// <summary>Writes an index from beginning to end; see <see cref="IndexFormat"/>.</summary>
/// <param name="file">Where to; not disposed of.</param>
internal sealed class IndexWriter(Stream file) : IDisposable
{
    private const int BufferBytes = 256 * 1024;
    private const int NumberBytes = 24;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private byte[] _path = [];
    private int _pathLength;

    /// <summary>Entries written so far, the start of the tree left out.</summary>
    public long Entries { get; private set; }

    /// <summary>Bytes of the files written so far.</summary>
    public long Size { get; private set; }

    /// <summary>Begins, with the start of the tree.</summary>
    public void Begin(TreeStat start)
    {
        Append(IndexFormat.FirstLine);
        Line(start, [], [], []);
    }

    /// <summary>Writes the next entry.</summary>
    /// <param name="stat">What the file system says of it.</param>
    /// <param name="path">Its path.</param>
    /// <param name="hash">Bytes of a file's hash; empty for everything else.</param>
    /// <param name="target">A link's target; empty for everything else.</param>
    public void Write(TreeStat stat, ReadOnlySpan<byte> path, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> target)
    {
        Entries++;
        if (stat.Kind is TreeEntryKind.File)
            Size += stat.Size;
        Line(stat, path, hash, target);
    }

    /// <summary>Writes the last line. The file holds everything afterwards.</summary>
    public void End()
    {
        Append(IndexFormat.End);
        Number(Entries);
        Number(Size);
        Flush();
        Span<byte> sum = stackalloc byte[IndexFormat.HashBytes];
        _hash.GetHashAndReset(sum);
        Hex(sum);
        Append("\n"u8);
        file.Write(_buffer.AsSpan(0, _used));
        file.Flush();
        _used = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Line(TreeStat stat, ReadOnlySpan<byte> path, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> target)
    {
        Append(stat.Kind switch
        {
            TreeEntryKind.Directory => "d "u8,
            TreeEntryKind.Link => "l "u8,
            _ => "f "u8,
        });
        Room(NumberBytes);
        _used += Octal(stat.Mode, _buffer.AsSpan(_used));
        Append(" "u8);
        Number(stat.Size);
        Number(stat.ModifiedNs);
        Number(stat.ChangedNs);
        Number((long)stat.Inode);
        if (hash.IsEmpty)
            Append("-"u8);
        else
            Hex(hash);
        Append(" "u8);
        var common = path.CommonPrefixLength(_path.AsSpan(0, _pathLength));
        Number(common);
        Text(path[common..]);
        if (stat.Kind is TreeEntryKind.Link)
        {
            Append(" "u8);
            Text(target);
        }

        Append("\n"u8);
        Remember(path);
    }

    private void Remember(ReadOnlySpan<byte> path)
    {
        if (path.Length > _path.Length)
            _path = new byte[Math.Max(path.Length, _path.Length * 2)];
        path.CopyTo(_path);
        _pathLength = path.Length;
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        int special;
        while ((special = text.IndexOfAny((byte)'\\', (byte)'\n', (byte)' ')) >= 0)
        {
            Append(text[..special]);
            Append(text[special] switch
            {
                (byte)'\n' => "\\n"u8,
                (byte)' ' => "\\s"u8,
                _ => "\\\\"u8,
            });
            text = text[(special + 1)..];
        }

        Append(text);
    }

    private void Hex(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length * 2);
        Convert.TryToHexStringLower(bytes, _buffer.AsSpan(_used), out var written);
        _used += written;
    }

    private void Number(long number)
    {
        Room(NumberBytes);
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_used), out var written);
        _used += written;
        _buffer[_used++] = (byte)' ';
    }

    private static int Octal(int number, Span<byte> into)
    {
        var digits = 0;
        for (var shift = 15; shift >= 0; shift -= 3)
            into[digits++] = (byte)('0' + ((number >> shift) & 7));
        return digits;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Room(int bytes)
    {
        if (_used + bytes <= _buffer.Length)
            return;
        Flush();
        if (bytes > _buffer.Length)
            _buffer = new byte[bytes];
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _used);
        file.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}
