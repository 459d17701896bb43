using Donmai.Core.Daemon;

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
    internal SessionLogFile Open(string sessionId) => new(PathOf(sessionId), limits);

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
