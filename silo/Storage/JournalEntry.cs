namespace Donmai.Silo.Storage;

/// <summary>Where the current record of a key is.</summary>
/// <param name="Segment">The file.</param>
/// <param name="Offset">First byte of the record in the file.</param>
/// <param name="Length">Length of the whole record, in bytes.</param>
/// <param name="Version">Sequence of the record: the version of the value.</param>
internal readonly record struct JournalEntry(JournalSegment Segment, long Offset, int Length, long Version);
