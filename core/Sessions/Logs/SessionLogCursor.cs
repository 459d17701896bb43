using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Sessions.Logs;

/// <summary>Reads a session's log forward, from its oldest part to its newest and on into those that are begun meanwhile.</summary>
/// <param name="logs">The logs.</param>
/// <param name="sessionId">The session.</param>
internal sealed class SessionLogCursor(SessionLogs logs, string sessionId) : IDisposable
{
    private const int Chunk = 64 * 1024;

    private byte[] _buffer = new byte[Chunk];
    private int _held;
    private int _number = logs.NewestOf(sessionId) - logs.Limits.Files + 1;
    private SafeFileHandle? _file;
    private long _offset;

    /// <summary>Lines that came in since; whole ones, in the order they were written.</summary>
    /// <returns>They, each with its line feed; empty when there are none for now.</returns>
    internal async ValueTask<ReadOnlyMemory<byte>> Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Asked before reading: a part that is not the newest any more does not grow after that.
            var newest = logs.NewestOf(sessionId);
            _file ??= logs.OpenPart(sessionId, _number);
            var count = _file is null ? 0 : await RandomAccess.ReadAsync(_file, _buffer.AsMemory(_held), _offset, cancellationToken);
            if (count == 0 && _number >= newest)
                return default;
            if (count == 0)
                GoOn();
            else if (Lines(count) is { IsEmpty: false } lines)
                return lines;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void GoOn()
    {
        _file?.Dispose();
        (_file, _offset, _held) = (null, 0, 0);
        _number++;
    }

    private ReadOnlyMemory<byte> Lines(int count)
    {
        _offset += count;
        var read = _buffer.AsMemory(0, _held + count);
        var end = read.Span.LastIndexOf((byte)'\n') + 1;
        var lines = read[..end];
        var rest = read[end..];
        var next = new byte[Math.Max(Chunk, 2 * rest.Length)];
        rest.CopyTo(next);
        (_buffer, _held) = (next, rest.Length);
        return lines;
    }
}
