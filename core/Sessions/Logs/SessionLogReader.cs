using System.Runtime.CompilerServices;
using System.Text;

namespace Donmai.Core.Sessions.Logs;

/// <summary>Reads the logs of sessions (daemon-runtime.md §9.4).</summary>
/// <param name="logs">The logs.</param>
/// <param name="clock">Time.</param>
public sealed class SessionLogReader(SessionLogs logs, TimeProvider clock)
{
    /// <summary>Longest wait between a line being written and its delivery.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>What is in a session's log: whole lines, many at a time, each with its line feed.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="tail">Only so many of the lines that are there, the last; <see langword="null"/> for all.</param>
    /// <param name="ended">Waits for more until this completes; a completed task reads what is there.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<string> Read(
        string sessionId, int? tail, Task ended, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var skipped = tail is { } last ? Math.Max(0, await Count(sessionId, cancellationToken) - last) : 0;
        using var cursor = new SessionLogCursor(logs, sessionId);
        while (true)
        {
            // Asked before reading: what was written before the end is then read after it.
            var isEnd = ended.IsCompleted;
            while (await cursor.Next(cancellationToken) is { IsEmpty: false } lines)
                if (Without(ref skipped, lines.Span) is { Length: > 0 } text)
                    yield return text;
            if (isEnd)
                yield break;
            await Task.WhenAny(ended, Task.Delay(Look, clock, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<long> Count(string sessionId, CancellationToken cancellationToken)
    {
        using var cursor = new SessionLogCursor(logs, sessionId);
        var count = 0L;
        while (await cursor.Next(cancellationToken) is { IsEmpty: false } lines)
            count += lines.Span.Count((byte)'\n');
        return count;
    }

    private static string Without(ref long skipped, ReadOnlySpan<byte> lines)
    {
        for (; skipped > 0 && !lines.IsEmpty; skipped--)
            lines = lines[(lines.IndexOf((byte)'\n') + 1)..];
        return Encoding.UTF8.GetString(lines);
    }
}
