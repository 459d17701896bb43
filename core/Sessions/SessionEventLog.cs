using System.Runtime.CompilerServices;
using Donmai.Sessions.Events;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions;

/// <summary>Reads <c>events.jsonl</c> as it grows (worker.md §2.7).</summary>
internal sealed class SessionEventLog(TimeProvider clock, ILogger<SessionEventLog> log) : ISessionEventLog
{
    /// <summary>Longest wait between a line being written and its delivery.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public async IAsyncEnumerable<AgentEvent> Follow(
        string path, long after, Task ended, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reader = new EventLogReader(path, log);
        var last = after;
        while (true)
        {
            // Asked before reading: what was written before the end is then read after it.
            var isEnd = ended.IsCompleted;
            do
            {
                while (reader.Take() is { } next)
                    if (next.Seq > last)
                    {
                        last = next.Seq;
                        yield return next;
                    }
            }
            while (await reader.ReadMore(cancellationToken));

            if (isEnd)
            {
                if (reader.TakeUnterminated() is { } torn && torn.Seq > last)
                    yield return torn;
                yield break;
            }

            await Task.WhenAny(ended, Task.Delay(Look, clock, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> LastSeq(string path, CancellationToken cancellationToken = default) => EventLogReader.LastSeq(path, cancellationToken);
}
