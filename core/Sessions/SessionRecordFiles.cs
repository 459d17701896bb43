namespace Donmai.Core.Sessions;

/// <summary>Names of the files in a session's record directory (worker.md §1.8).</summary>
public static class SessionRecordFiles
{
    /// <summary>Held exclusively for the life of the worker.</summary>
    public const string Lock = "lock";

    /// <summary>The worker's processes and phase.</summary>
    public const string Worker = "worker.json";

    /// <summary>The worker's own log.</summary>
    public const string WorkerLog = "worker.log";

    /// <summary>The worker's exit record.</summary>
    public const string Exit = "exit.json";

    /// <summary>Requests about the session's end that the platform may not have yet (worker.md §2.9).</summary>
    public const string Outbox = "outbox.jsonl";

    /// <summary>Activity that the platform may not have yet.</summary>
    public const string Activity = "activity.jsonl";

    /// <summary>Address of the daemon that adopted the session.</summary>
    public const string DaemonUrl = "daemon.url";

    /// <summary>The session's events, one JSON object a line.</summary>
    public const string Events = "events.jsonl";

    /// <summary>Standard output of the session's process.</summary>
    public const string StandardOutput = "stdout.log";

    /// <summary>Standard error of the session's process.</summary>
    public const string StandardError = "stderr.log";

    /// <summary>How much of both the daemon has passed on.</summary>
    public const string OutputPosition = "output.position";

    /// <summary>Written by the shell that leads the session's processes: <c>pid N</c> at its start, <c>exit N</c> at its end.</summary>
    public const string Process = "process";

    /// <summary>The platform's token as it is in force, for the agent; gone with the worker.</summary>
    public const string PlatformToken = "platform.token";

    /// <summary>Commits that could not be delivered.</summary>
    public const string RescueBundle = "rescue.bundle";

    /// <summary>Changes in no commit that could not be delivered.</summary>
    public const string RescuePatch = "rescue.patch";
}
