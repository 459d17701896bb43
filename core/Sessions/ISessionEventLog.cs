using Donmai.Sessions.Events;

namespace Donmai.Core.Sessions;

/// <summary>Reads the <c>events.jsonl</c> that workers write into their record directories.</summary>
public interface ISessionEventLog
{
    /// <summary>
    /// The events after number <paramref name="after"/>, live: when the file is exhausted it waits for more until <paramref name="ended"/>
    /// completes, then delivers what is left and ends. A missing file is an empty one. A line that cannot be read is skipped and logged.
    /// </summary>
    /// <param name="path">The event log.</param>
    /// <param name="after">Number of the last event already known; 0 for all.</param>
    /// <param name="ended">Completes when nothing more will be written.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    IAsyncEnumerable<AgentEvent> Follow(string path, long after, Task ended, CancellationToken cancellationToken = default);

    /// <summary>Number of the last complete event in the file; 0 when there is none.</summary>
    ValueTask<long> LastSeq(string path, CancellationToken cancellationToken = default);
}
