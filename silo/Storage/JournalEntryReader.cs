using System.Buffers;
using System.Globalization;

namespace Donmai.Silo.Storage;

/// <summary>Reads the value of one entry.</summary>
internal static class JournalEntryReader
{
    /// <summary>Reads the record of <paramref name="entry"/>, checks it, and hands its payload to <paramref name="parse"/>.</summary>
    /// <exception cref="JournalDamagedException">The record has changed on disk since it was written.</exception>
    /// <exception cref="ObjectDisposedException">A snapshot has replaced the file.</exception>
    public static async ValueTask<T> ReadAsync<T>(
        JournalKey key, JournalEntry entry, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(entry.Length);
        try
        {
            var record = buffer.AsMemory(0, entry.Length);
            if (await entry.Segment.File.ReadAsync(record, entry.Offset, cancellation) != entry.Length
                || !JournalRecord.IsIntact(record.Span))
                throw Unreadable(key, entry);
            return parse(record[^JournalRecord.Payload(record.Span).Length..]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The error for a record that is not what was written.</summary>
    public static JournalDamagedException Unreadable(JournalKey key, JournalEntry entry) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The journal file {entry.Segment.Path} is damaged at byte {entry.Offset}: the state {key} cannot be read. Restore the file from a copy."),
        entry.Segment.Path,
        entry.Offset);
}
