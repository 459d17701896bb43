using Donmai.Core.Daemon;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Sessions.Logs;

/// <summary>
/// The logs of sessions, <c>logs/sessions/&lt;session&gt;.log</c>, older parts <c>.1</c>, <c>.2</c>, … (daemon-runtime.md §9.4). A colon in
/// an id is <c>%3A</c> in the name; every other character of an id stands for itself.
/// </summary>
/// <param name="state">The state directory.</param>
/// <param name="limits">What is kept.</param>
public sealed class SessionLogs(StateDirectory state, SessionLogLimits limits)
{
    private const string Extension = ".log";
    private const string Colon = "%3A";

    private readonly Lock _moving = new();
    private readonly Dictionary<string, int> _begun = new(StringComparer.Ordinal);

    /// <summary>What is kept.</summary>
    internal SessionLogLimits Limits => limits;

    /// <summary>The file a session's log is written to; older parts lie beside it.</summary>
    /// <param name="sessionId">The session.</param>
    public string PathOf(string sessionId) =>
        Path.Combine(state.SessionLogs, sessionId.Replace(":", Colon, StringComparison.Ordinal) + Extension);

    /// <summary>The parts of a session's log that are there, oldest first.</summary>
    /// <param name="sessionId">The session.</param>
    internal IEnumerable<string> Parts(string sessionId)
    {
        var newest = PathOf(sessionId);
        return Enumerable.Range(0, limits.Files).Reverse().Select(number => Part(newest, number)).Where(File.Exists);
    }

    /// <summary>All files of all sessions.</summary>
    internal IEnumerable<(FileInfo File, string SessionId)> All()
    {
        var directory = new DirectoryInfo(state.SessionLogs);
        if (!directory.Exists)
            yield break;
        foreach (var file in directory.EnumerateFiles())
            if (SessionOf(file.Name) is { } sessionId)
                yield return (file, sessionId);
    }

    /// <summary>The log of a session, for writing.</summary>
    /// <param name="sessionId">The session.</param>
    internal SessionLogFile Open(string sessionId) => new(PathOf(sessionId), this);

    /// <summary>Moves every part of a log one further, so that a new one can be begun; the last is dropped.</summary>
    /// <param name="newest">The file that was written to.</param>
    internal void Rotate(string newest)
    {
        lock (_moving)
        {
            for (var number = limits.Files - 1; number > 0; number--)
                if (File.Exists(Part(newest, number - 1)))
                    File.Move(Part(newest, number - 1), Part(newest, number), overwrite: true);
            File.Delete(newest); // there is but one part
            _begun[newest] = _begun.GetValueOrDefault(newest) + 1;
        }
    }

    /// <summary>Number of the part of a log that is written to now, since this daemon was started; older ones count down from it, below 0.</summary>
    /// <param name="sessionId">The session.</param>
    internal int NewestOf(string sessionId)
    {
        lock (_moving)
            return _begun.GetValueOrDefault(PathOf(sessionId));
    }

    /// <summary>Opens one part for reading; <see langword="null"/> when it is not there, or no more.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="number">Its number, as <see cref="NewestOf"/> counts.</param>
    internal SafeFileHandle? OpenPart(string sessionId, int number)
    {
        lock (_moving)
        {
            var age = NewestOf(sessionId) - number;
            var path = Part(PathOf(sessionId), age);
            return age >= 0 && age < limits.Files && File.Exists(path)
                ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
                : null;
        }
    }

    /// <summary>Removes one file, and what is known of its log with the last.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sessionId">The session.</param>
    internal void Remove(FileInfo file, string sessionId)
    {
        lock (_moving)
        {
            file.Delete();
            if (!Parts(sessionId).Any())
                _begun.Remove(PathOf(sessionId));
        }
    }

    /// <summary>Name of a part: 0 is the one that is written to.</summary>
    internal static string Part(string newest, int number) => number == 0 ? newest : $"{newest}.{number}";

    private static string? SessionOf(string name)
    {
        var end = name.LastIndexOf(Extension, StringComparison.Ordinal);
        if (end <= 0)
            return null;
        var rest = name.AsSpan(end + Extension.Length);
        if (!rest.IsEmpty && !(rest[0] == '.' && int.TryParse(rest[1..], out _)))
            return null;
        var sessionId = name[..end].Replace(Colon, ":", StringComparison.Ordinal);
        return SessionIds.IsUsable(sessionId) ? sessionId : null;
    }
}
