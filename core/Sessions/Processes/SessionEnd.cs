using System.Text.Json;
using Donmai.Sessions;

namespace Donmai.Core.Sessions.Processes;

/// <summary>Says how a session's process ended, from whatever was left of it.</summary>
internal static class SessionEnd
{
    private const int Kill = 9;

    // The shell's convention: 128 + signal. Above that it is an exit code of the worker's own.
    private const int SignalBase = 128;
    private const int LastSignal = 64;

    /// <summary>Composes it: what the system said, else what the supervising shell wrote, else what the worker wrote.</summary>
    /// <param name="waitStatus">The system's status; <see langword="null"/> when the process was not a child of this one.</param>
    /// <param name="supervisor">The supervising shell's record.</param>
    /// <param name="record">The worker's exit record.</param>
    /// <param name="wasKilled">Whether this daemon sent KILL.</param>
    /// <param name="now">The time of finding out.</param>
    internal static ProcessExit Compose(
        int? waitStatus, SupervisorRecord? supervisor, WorkerExitRecord? record, bool wasKilled, DateTimeOffset now) =>
        (waitStatus switch
        {
            { } status when (status & 0x7f) != 0 => new ProcessExit { Signal = status & 0x7f, EndedAt = now },
            { } status => ByConvention((status >> 8) & 0xff, now),
            null when supervisor?.Status is { } status => ByConvention(status, supervisor.WrittenAt),
            null when record is not null => new ProcessExit { ExitCode = record.ExitCode, EndedAt = record.EndedAt },
            null when wasKilled => new ProcessExit { Signal = Kill, EndedAt = now },
            null => new ProcessExit { OutcomeUnknown = true, EndedAt = now },
        }) with
        { Record = record };

    /// <summary>The worker's exit record; <see langword="null"/> when there is none.</summary>
    /// <param name="recordPath">The session's record directory.</param>
    /// <param name="unreadable">Told when there is one that cannot be read.</param>
    internal static WorkerExitRecord? ReadRecord(string recordPath, Action<string> unreadable)
    {
        var path = Path.Join(recordPath, SessionRecordFiles.Exit);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ControlApiJson.Default.WorkerExitRecord);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            unreadable(failure.Message);
            return null;
        }
    }

    private static ProcessExit ByConvention(int status, DateTimeOffset endedAt) => status is > SignalBase and <= SignalBase + LastSignal
        ? new ProcessExit { Signal = status - SignalBase, EndedAt = endedAt }
        : new ProcessExit { ExitCode = status, EndedAt = endedAt };
}
