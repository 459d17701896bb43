namespace Donmai.Sessions;

/// <summary>
/// Names one process for ever: a process id alone is reused by the system, together with its start it is not
/// (daemon-runtime.md §15.2).
/// </summary>
[GenerateSerializer, Immutable, Alias("donmai.ProcessIdentity")]
public sealed record ProcessIdentity
{
    /// <summary>Process id; also the id of its process group and session.</summary>
    [Id(0)] public int Pid { get; init; }

    /// <summary>The system's own start mark of the process: on Linux the boot id and the start tick of <c>/proc/&lt;pid&gt;/stat</c>.</summary>
    [Id(1)] public string StartMark { get; init; } = "";

    /// <summary>When the process was started, by the daemon's clock.</summary>
    [Id(2)] public DateTimeOffset StartedAt { get; init; }
}
