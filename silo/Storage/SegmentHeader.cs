using System.Buffers.Binary;

namespace Donmai.Silo.Storage;

/// <summary>
/// The first bytes of a journal file, little-endian:
/// <c>0 "JOURNAL1" · 8 CRC-32C of everything from byte 12 · 12 kind · 16 number · 24 sequence · 32 file length</c>.
/// </summary>
/// <param name="Kind">Log or snapshot.</param>
/// <param name="Number">Number of the file, counting from 1; the same as in its name.</param>
/// <param name="Sequence">Log: sequence of the last record before this file. Snapshot: of the last record that it stands for.</param>
/// <param name="FileLength">Snapshot: length of the whole file in bytes. Log: 0, its end is found by reading.</param>
internal sealed record SegmentHeader(SegmentKind Kind, long Number, long Sequence, long FileLength)
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int Length = 40;

    private const int ChecksumOffset = 8;
    private const int KindOffset = 12;
    private const int NumberOffset = 16;
    private const int SequenceOffset = 24;
    private const int FileLengthOffset = 32;

    private static ReadOnlySpan<byte> Magic => "JOURNAL1"u8;

    /// <summary>The header's bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(KindOffset), (int)Kind);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(NumberOffset), Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(SequenceOffset), Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(FileLengthOffset), FileLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ChecksumOffset), Crc32C.Of(bytes.AsSpan(KindOffset)));
        return bytes;
    }

    /// <summary>Reads a header; <see langword="null"/> when the bytes are not an undamaged one.</summary>
    public static SegmentHeader? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length || !bytes.StartsWith(Magic))
            return null;
        bytes = bytes[..Length];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) != Crc32C.Of(bytes[KindOffset..]))
            return null;
        return new SegmentHeader(
            (SegmentKind)BinaryPrimitives.ReadInt32LittleEndian(bytes[KindOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[NumberOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[SequenceOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[FileLengthOffset..]));
    }
}
