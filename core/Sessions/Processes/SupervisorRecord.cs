using System.Globalization;

namespace Donmai.Core.Sessions.Processes;

/// <summary>What a session's supervising shell wrote down: a line <c>pid N</c>, and a line <c>exit N</c> once it ended.</summary>
/// <param name="Pid">Process id of the shell; <see langword="null"/> when the line is missing.</param>
/// <param name="Status">Exit status by the shell's convention; <see langword="null"/> while it runs or when nobody could write it.</param>
/// <param name="WrittenAt">When the last line was written.</param>
internal sealed record SupervisorRecord(int? Pid, int? Status, DateTimeOffset WrittenAt)
{
    /// <summary>Reads it; <see langword="null"/> when the shell was never started.</summary>
    internal static SupervisorRecord? Read(string recordPath)
    {
        var path = Path.Join(recordPath, SessionRecordFiles.Process);
        try
        {
            int? pid = null;
            int? status = null;
            foreach (var line in File.ReadLines(path))
            {
                if (Number(line, "pid ") is { } started)
                    (pid, status) = (started, null);
                status = Number(line, "exit ") ?? status;
            }

            return new SupervisorRecord(pid, status, new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static int? Number(string line, string key) =>
        line.StartsWith(key, StringComparison.Ordinal)
        && int.TryParse(line.AsSpan(key.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
