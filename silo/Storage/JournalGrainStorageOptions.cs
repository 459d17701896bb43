using System.Text.Json.Serialization.Metadata;

namespace Donmai.Silo.Storage;

/// <summary>Settings of the grain storage provider <c>journal</c>.</summary>
public sealed class JournalGrainStorageOptions
{
    /// <summary>The journal's directory, for this provider alone. Created with mode 0700 when it is not there. Required.</summary>
    public string Directory { get; set; } = "";

    /// <summary>A log file that has reached this length, in bytes, is followed by a new one. At least 4 KiB; default 16 MiB.</summary>
    public long SegmentLength { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Superseded records of at least this length, in bytes, and longer than the current ones, are removed by a snapshot in the
    /// background. At least 4 KiB; default 4 MiB.
    /// </summary>
    public long GarbageLength { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Source-generated contexts of the states, asked in order. A state that none of them knows is written by reflection.
    /// </summary>
    public IList<IJsonTypeInfoResolver> TypeInfoResolvers { get; } = [];
}
