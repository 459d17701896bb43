using System.Collections.Concurrent;
using Donmai.Core.Sessions.Children;
using Donmai.Core.Sessions.Limits;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Processes;

/// <summary>
/// What happens when a session's leader has ended: leftovers are ended, the process is collected, its output read to the end, and its end
/// reported, once, until somebody has taken note of it.
/// </summary>
internal sealed partial class SessionEndings(
    SessionCensus census,
    SessionTree tree,
    OutputFollower output,
    SessionLimits limits,
    ISessionExits exits,
    TimeProvider clock,
    ILogger<SessionEndings> log)
    : IAsyncDisposable
{
    // What a worker starts in the background may be about to end as well.
    private static readonly TimeSpan LeftoverPatience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<SessionProcess, Task> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Takes care of processes whose leaders have ended.</summary>
    /// <param name="ended">They.</param>
    /// <param name="closed">Told when nothing more will happen for one of them.</param>
    internal void Take(IReadOnlyList<SessionProcess> ended, Action<SessionProcess> closed)
    {
        var members = CountOrNull(ended.Min(static process => process.Leader));
        foreach (var process in ended)
        {
            var hasLeftovers = members?.Contains(process.RecordPath) ?? true;
            var ending = new Task<Task>(() => End(process, hasLeftovers, closed));
            _running[process] = ending.Unwrap();
            ending.Start(TaskScheduler.Default);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_running.Values), Task.Delay(DisposeLimit, clock)); // none of them fails; who does not listen must not hold up the stop
        _stopping.Dispose();
    }

    private async Task End(SessionProcess process, bool hasLeftovers, Action<SessionProcess> closed)
    {
        try
        {
            ProcessExit? exit = null;
            for (var wait = FirstRetry; ; wait = wait * 2 > LongestRetry ? LongestRetry : wait * 2)
            {
                try
                {
                    exit ??= await Complete(process, hasLeftovers);
                    await exits.Exited(process.SessionId, exit);
                    return;
                }
                catch (Exception failure) when (!_stopping.IsCancellationRequested)
                {
                    LogNotReported(failure, process.SessionId);
                }

                await Task.Delay(wait, clock, _stopping.Token);
            }
        }
        catch (Exception failure) when (_stopping.IsCancellationRequested)
        {
            LogLeftToNextStart(failure, process.SessionId); // whose silo is on its way down refuses in many ways
        }
        finally
        {
            process.SetGone();
            closed(process);
            _running.TryRemove(process, out _);
        }
    }

    // May be repeated: the leader is collected last, when nothing can go wrong for a child any more.
    private async Task<ProcessExit> Complete(SessionProcess process, bool hasLeftovers)
    {
        if (hasLeftovers)
            await EndLeftovers(process);
        await limits.Close(process.SessionId);
        await output.DrainInTime(process.Output!);
        var record = SessionEnd.ReadRecord(process.RecordPath, reason => LogRecordUnreadable(process.SessionId, reason));
        var status = process.Collect(Collect);
        var supervisor = status is null ? SupervisorRecord.Read(process.RecordPath) : null;
        var exit = SessionEnd.Compose(status, supervisor, record, process.IsKilled, clock.GetUtcNow()) with { Process = process.Identity };
        census.Dismiss(process.Leader);
        process.SetGone();
        LogEnded(process.SessionId, process.Leader, exit.ExitCode, exit.Signal);
        return exit;
    }

    private ILookup<string, ProcessSight>? CountOrNull(int above)
    {
        try
        {
            return census.Count(above);
        }
        catch (IOException failure)
        {
            LogNotCounted(failure.Message);
            return null;
        }
    }

    private async Task EndLeftovers(SessionProcess process)
    {
        if (!process.IsKilled && await tree.IsGoneWithin(process.RecordPath, LeftoverPatience))
            return;
        LogLeftovers(process.SessionId);
        var left = await tree.KillMembers(process.RecordPath, KillLimit);
        if (left.Count > 0)
            LogNotEnded(process.SessionId, left.Count, string.Join(", ", left.Select(static member => member.Pid)));
    }

    private static int? Collect(int leader) =>
        PosixChildren.WaitPid(leader, out var status, PosixChildren.NoHang) == leader ? status : null;
}
