namespace Donmai.Core.Sessions.Logs;

/// <summary>How much of what sessions print is kept, and for how long (daemon-runtime.md §9.4).</summary>
public sealed record SessionLogLimits
{
    /// <summary>Bytes after which a session's log is continued in a new file: 10 MiB. A single batch of lines is never divided.</summary>
    public long FileBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Files of one session, at least 1; the oldest is dropped first.</summary>
    public int Files { get; init; } = 3;

    /// <summary>Bytes that the logs of all sessions may take: 1 GiB. Those of ended sessions are removed, oldest first, until it holds.</summary>
    public long TotalBytes { get; init; } = 1024 * 1024 * 1024;

    /// <summary>How long logs and records of ended sessions are kept.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Records of the newest sessions that are kept whatever their age: those that one list of sessions can show.</summary>
    public int RecordsAlwaysKept { get; init; } = 1000;

    /// <summary>Most records that are kept (daemon-runtime.md §9.5).</summary>
    public int Records { get; init; } = 4096;

    /// <summary>
    /// Bytes of what a process printed, as it came, that stay in the record directory once the log has them: of each stream the last ones. Default
    /// 16 MiB. Up to 1 MiB more may stay, and all where the disk or the system cannot free a part of a file.
    /// </summary>
    public long OutputBytes { get; init; } = 16L * 1024 * 1024;
}
