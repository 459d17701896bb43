namespace Donmai.Silo.Storage;

/// <summary>What a journal record says about its key.</summary>
internal enum JournalRecordKind : byte
{
    /// <summary>The key has the record's payload from now on.</summary>
    Put = 1,

    /// <summary>The key has no value from now on.</summary>
    Clear = 2,
}
