using System.Text;

namespace Donmai.Core.Daemon.Logs;

/// <summary>One of the files of a log while it is read; it stays the same file whatever it is called meanwhile.</summary>
internal sealed class LogPiece : IDisposable
{
    private const int Block = 16 * 1024;
    private const int FingerprintLength = 256;
    private const int LongestLine = 1024 * 1024;

    private readonly FileStream _stream;
    private readonly byte[] _buffer = new byte[Block];
    private readonly MemoryStream _line = new();
    private int _at;
    private int _filled;

    private LogPiece(FileStream stream) => _stream = stream;

    /// <summary>What stands after the last line feed.</summary>
    public string Rest => Encoding.UTF8.GetString(_line.GetBuffer(), 0, (int)_line.Length);

    /// <summary>Opens a file; <see langword="null"/> when there is none.</summary>
    public static LogPiece? Open(string path) => Stream(path) is { } stream ? new LogPiece(stream) : null;

    /// <summary>Leaves out everything but the last lines.</summary>
    /// <param name="lines">How many; <see cref="long.MaxValue"/> for all.</param>
    /// <returns>How many there are, at most as many as asked for.</returns>
    public long StartAtLast(long lines)
    {
        if (lines == long.MaxValue)
            return 0;

        var found = 0L;
        var end = _stream.Length;
        for (var at = end; at > 0;)
        {
            var size = (int)Math.Min(Block, at);
            at -= size;
            _stream.Position = at;
            _stream.ReadExactly(_buffer, 0, size);
            for (var i = size - 1; i >= 0; i--)
            {
                // The line feed at the very end ends the last line, and begins none.
                if (_buffer[i] != (byte)'\n' || at + i == end - 1 || ++found < lines)
                    continue;
                _stream.Position = at + i + 1;
                return found;
            }
        }

        _stream.Position = 0;
        return end > 0 ? found + 1 : 0;
    }

    private static FileStream? Stream(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The next line that is complete; <see langword="null"/> when there is none yet. One of more than 1 MiB comes in parts.</summary>
    public async ValueTask<string?> ReadLine(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_at == _filled)
            {
                _filled = await _stream.ReadAsync(_buffer, cancellationToken);
                _at = 0;
                if (_filled == 0)
                    return null;
            }

            var end = Array.IndexOf(_buffer, (byte)'\n', _at, _filled - _at);
            _line.Write(_buffer, _at, (end < 0 ? _filled : end) - _at);
            _at = end < 0 ? _filled : end + 1;
            if (end < 0 && _line.Length < LongestLine)
                continue;
            var line = Rest;
            _line.SetLength(0);
            return line;
        }
    }

    /// <summary>Whether it is the file that has this name now: it is as long at least, and begins with the same bytes, which hold a time.</summary>
    public bool IsBehind(string path)
    {
        using var named = Stream(path);
        if (named is null || named.Length < _stream.Position)
            return false;
        var hasBytes = named.Length > 0;
        Span<byte> ours = stackalloc byte[FingerprintLength];
        Span<byte> theirs = stackalloc byte[FingerprintLength];
        var length = RandomAccess.Read(_stream.SafeFileHandle, ours, 0);
        return (length > 0 || !hasBytes) && named.ReadAtLeast(theirs[..length], length, throwOnEndOfStream: false) == length && ours[..length].SequenceEqual(theirs[..length]);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _line.Dispose();
    }
}
