using System.Buffers;
using System.Text;

namespace Donmai.Worker.Providers.Processes;

/// <summary>
/// Cuts a byte stream into lines (worker.md §4.0 CP-6): at LF, with a CR before it removed, empty lines left out, invalid UTF-8 replaced,
/// and lines above a limit skipped to their end without ever ending the reading.
/// </summary>
/// <param name="limit">Longest line that is kept, in bytes.</param>
/// <param name="keepsEmpty">Whether empty lines are given too.</param>
internal sealed class LineBuffer(int limit, bool keepsEmpty = false)
{
    private const byte LineFeed = (byte)'\n';

    private readonly ArrayBufferWriter<byte> _pending = new();
    private long _skipped;

    /// <summary>Takes the next piece and gives the lines that it completes.</summary>
    public List<OutputLine> Take(ReadOnlySpan<byte> piece)
    {
        var lines = new List<OutputLine>();
        int end;
        while ((end = piece.IndexOf(LineFeed)) >= 0)
        {
            Keep(piece[..end]);
            Complete(lines);
            piece = piece[(end + 1)..];
        }

        Keep(piece);
        return lines;
    }

    /// <summary>The last line, when the stream ended without a line feed.</summary>
    public List<OutputLine> End()
    {
        var lines = new List<OutputLine>();
        if (_skipped > 0 || _pending.WrittenCount > 0)
            Complete(lines);
        return lines;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_skipped == 0 && (long)_pending.WrittenCount + bytes.Length <= limit)
        {
            _pending.Write(bytes);
            return;
        }

        _skipped += _pending.WrittenCount + bytes.Length;
        _pending.ResetWrittenCount();
    }

    private void Complete(List<OutputLine> lines)
    {
        if (_skipped > 0)
        {
            lines.Add(new OutputLine("", _skipped));
            _skipped = 0;
            return;
        }

        var bytes = _pending.WrittenSpan;
        if (bytes is [.., (byte)'\r'])
            bytes = bytes[..^1];
        if (keepsEmpty || !bytes.IsEmpty)
            lines.Add(new OutputLine(Encoding.UTF8.GetString(bytes)));
        _pending.ResetWrittenCount();
    }
}
