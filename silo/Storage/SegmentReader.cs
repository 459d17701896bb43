using System.Buffers;

namespace Donmai.Silo.Storage;

/// <summary>Reads the records of a file from first to last.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">Where the first record is expected.</param>
internal sealed class SegmentReader(IJournalFile file, long offset) : IDisposable
{
    private const int WindowLength = 64 * 1024;

    private readonly long _end = file.Length;
    private byte[] _window = ArrayPool<byte>.Shared.Rent(WindowLength);
    private long _windowOffset;
    private int _windowCount;
    private int _recordLength;

    /// <summary>Where the current record is; after <see cref="MoveNext"/> returned false, where reading stopped.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>Whether reading stopped because the file ends there.</summary>
    public bool AtEnd => Offset >= _end;

    /// <summary>The current record. Valid until the next move.</summary>
    public ReadOnlySpan<byte> Record => Window(Offset, _recordLength);

    /// <summary>Goes to the record right after the current one; false when there is none, or none that is intact.</summary>
    public bool MoveNext()
    {
        Offset += _recordLength;
        return TryRecord();
    }

    /// <summary>Goes to the next intact record anywhere behind <see cref="Offset"/>; false when there is none.</summary>
    public bool MoveToIntact()
    {
        while (!AtEnd)
        {
            Offset++;
            var window = Window(Offset, WindowLength);
            var found = window.IndexOf(JournalRecord.Marker);
            if (found < 0)
            {
                // A marker may begin in the last bytes of the window.
                Offset += Math.Max(window.Length - JournalRecord.Marker.Length, 0);
                continue;
            }

            Offset += found;
            if (TryRecord())
                return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_window);
        _window = [];
        _windowCount = 0;
    }

    private bool TryRecord()
    {
        _recordLength = 0;
        var length = JournalRecord.ClaimedLength(Window(Offset, JournalRecord.HeaderLength));
        if (length == 0 || length > _end - Offset || !JournalRecord.IsIntact(Window(Offset, length)))
            return false;
        _recordLength = length;
        return true;
    }

    /// <summary>The bytes from <paramref name="start"/> on, at most <paramref name="count"/>, fewer at the end of the file.</summary>
    private ReadOnlySpan<byte> Window(long start, int count)
    {
        count = (int)Math.Clamp(_end - start, 0, count);
        if (start < _windowOffset || start + count > _windowOffset + _windowCount)
            Load(start, count);
        return _window.AsSpan((int)(start - _windowOffset), count);
    }

    private void Load(long start, int count)
    {
        if (_window.Length < count)
        {
            ArrayPool<byte>.Shared.Return(_window);
            _window = ArrayPool<byte>.Shared.Rent(count);
        }

        _windowOffset = start;
        _windowCount = file.Read(_window, start);
        if (_windowCount < count)
            throw new EndOfStreamException("A journal file became shorter while it was read.");
    }
}
