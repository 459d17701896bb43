using System.Buffers.Binary;
using System.Text;

namespace Donmai.Silo.Storage;

/// <summary>
/// How one record looks on disk (docs/decisions/0006-the-journal.md). All numbers are little-endian:
/// <c>0 marker · 4 CRC-32C of everything from byte 8 · 8 length · 12 sequence · 20 position in its batch · 24 kind · 25 zero ·
/// 26 name length · 28 owner length · 32 name, owner, payload</c>.
/// </summary>
/// <remarks>
/// The marker starts with a byte that UTF-8 never contains, so that a search for the next record cannot end inside a JSON payload.
/// </remarks>
internal static class JournalRecord
{
    /// <summary>Bytes before the name.</summary>
    public const int HeaderLength = 32;

    /// <summary>Longest record, in bytes. A state of that size is a mistake of its owner.</summary>
    public const int MaxLength = 256 * 1024 * 1024;

    private const int ChecksumOffset = 4;
    private const int LengthOffset = 8;
    private const int SequenceOffset = 12;
    private const int PositionOffset = 20;
    private const int KindOffset = 24;
    private const int NameLengthOffset = 26;
    private const int OwnerLengthOffset = 28;

    /// <summary>The first four bytes of every record.</summary>
    public static ReadOnlySpan<byte> Marker => [0xFF, (byte)'R', (byte)'E', (byte)'C'];

    /// <summary>Writes header (without what <see cref="Seal"/> fills in), name and owner; the payload follows.</summary>
    public static void Begin(PooledBuffer buffer, JournalRecordKind kind, JournalKey key)
    {
        var nameLength = Encoding.UTF8.GetByteCount(key.Name);
        var ownerLength = Encoding.UTF8.GetByteCount(key.Owner);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nameLength, ushort.MaxValue, nameof(key));

        var length = HeaderLength + nameLength + ownerLength;
        var span = buffer.GetSpan(length);
        span[..HeaderLength].Clear();
        Marker.CopyTo(span);
        span[KindOffset] = (byte)kind;
        BinaryPrimitives.WriteUInt16LittleEndian(span[NameLengthOffset..], (ushort)nameLength);
        BinaryPrimitives.WriteInt32LittleEndian(span[OwnerLengthOffset..], ownerLength);
        Encoding.UTF8.GetBytes(key.Name, span[HeaderLength..]);
        Encoding.UTF8.GetBytes(key.Owner, span[(HeaderLength + nameLength)..]);
        buffer.Advance(length);
    }

    /// <summary>Completes a record: its length, its place in the journal, its checksum.</summary>
    /// <param name="record">The whole record.</param>
    /// <param name="sequence">Number of the record in the journal, counting from 1.</param>
    /// <param name="position">Number of the record among those made durable together, counting from 1.</param>
    public static void Seal(Span<byte> record, long sequence, int position)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record[LengthOffset..], record.Length);
        BinaryPrimitives.WriteInt64LittleEndian(record[SequenceOffset..], sequence);
        BinaryPrimitives.WriteInt32LittleEndian(record[PositionOffset..], position);
        BinaryPrimitives.WriteUInt32LittleEndian(record[ChecksumOffset..], Crc32C.Of(record[LengthOffset..]));
    }

    /// <summary>The length that the header at the start of <paramref name="bytes"/> claims, or 0 when there is no believable header.</summary>
    public static int ClaimedLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || !bytes.StartsWith(Marker))
            return 0;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[LengthOffset..]);
        return length is >= HeaderLength and <= MaxLength ? length : 0;
    }

    /// <summary>Whether <paramref name="record"/> is exactly one undamaged record.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> record) =>
        ClaimedLength(record) == record.Length
        && BinaryPrimitives.ReadUInt32LittleEndian(record[ChecksumOffset..]) == Crc32C.Of(record[LengthOffset..])
        && PayloadOffset(record) <= record.Length;

    /// <summary>The record's number in the journal.</summary>
    public static long Sequence(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[SequenceOffset..]);

    /// <summary>The highest number that was on disk for certain when this record was written: the end of the batch before its own.</summary>
    public static long DurableBefore(ReadOnlySpan<byte> record) =>
        Sequence(record) - BinaryPrimitives.ReadInt32LittleEndian(record[PositionOffset..]);

    /// <summary>What the record says about its key.</summary>
    public static JournalRecordKind Kind(ReadOnlySpan<byte> record) => (JournalRecordKind)record[KindOffset];

    /// <summary>The state's name, in UTF-8.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> record) =>
        record.Slice(HeaderLength, BinaryPrimitives.ReadUInt16LittleEndian(record[NameLengthOffset..]));

    /// <summary>The owner, in UTF-8.</summary>
    public static ReadOnlySpan<byte> Owner(ReadOnlySpan<byte> record) =>
        record[(HeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(record[NameLengthOffset..]))..(int)PayloadOffset(record)];

    /// <summary>The payload; empty for a cleared key.</summary>
    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> record) => record[(int)PayloadOffset(record)..];

    private static long PayloadOffset(ReadOnlySpan<byte> record) =>
        HeaderLength
        + BinaryPrimitives.ReadUInt16LittleEndian(record[NameLengthOffset..])
        + (long)BinaryPrimitives.ReadUInt32LittleEndian(record[OwnerLengthOffset..]);
}
