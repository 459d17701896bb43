using System.Collections.Concurrent;
using Donmai.Core.Sessions;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Sessions.Processes;

/// <summary>Remembers what was reported, and refuses as often as told.</summary>
internal sealed class ReportedExits(int refusals = 0) : ISessionExits
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ProcessExit>> _exits = new();
    private readonly ConcurrentQueue<(string SessionId, ProcessExit Exit)> _all = new();
    private int _refusals = refusals;

    public Action<string>? Before { get; set; }

    public IReadOnlyCollection<(string SessionId, ProcessExit Exit)> All => _all;

    public Task<ProcessExit> Of(string sessionId) => Slot(sessionId).Task.WaitAsync(TimeSpan.FromSeconds(30));

    public Task Exited(string sessionId, ProcessExit exit)
    {
        if (Interlocked.Decrement(ref _refusals) >= 0)
            throw new InvalidOperationException("not now");
        Before?.Invoke(sessionId);
        _all.Enqueue((sessionId, exit));
        Slot(sessionId).TrySetResult(exit);
        return Task.CompletedTask;
    }

    private TaskCompletionSource<ProcessExit> Slot(string sessionId) =>
        _exits.GetOrAdd(sessionId, static _ => new TaskCompletionSource<ProcessExit>(TaskCreationOptions.RunContinuationsAsynchronously));
}
