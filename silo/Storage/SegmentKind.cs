namespace Donmai.Silo.Storage;

/// <summary>The two kinds of files that a journal consists of.</summary>
internal enum SegmentKind
{
    /// <summary>Records in the order they were written.</summary>
    Log = 1,

    /// <summary>The records that were current at the end of a log, and stands for that log and all before it.</summary>
    Snapshot = 2,
}
