using System.Text.Json;
using Donmai.Core.Platform;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

/// <summary>Runs the work of a directory in place of a platform's (platform-api.md §13). What happens is in the directory, so that a restart goes on from there.</summary>
/// <param name="machine">The machine.</param>
/// <param name="grains">Spawner and sessions.</param>
/// <param name="dispatch">Hands work over.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">The poll's log.</param>
internal sealed partial class QueuedFiles(string machine, IGrainFactory grains, WorkDispatch dispatch, TimeProvider clock, ILogger logger)
{
    /// <summary>Time between two looks.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Tells the results of sessions that have ended, and claims work for the free slots.</summary>
    /// <param name="directory">The queue.</param>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be used.</exception>
    public async Task Look(string directory)
    {
        var queue = new QueueDirectory(directory, clock);
        foreach (var work in await Task.Run(queue.Claimed))
            await Conclude(queue, work);
        var admission = await grains.Spawner(machine).Admission();
        var free = admission.Accepting ? Math.Max(0, admission.Maximum - admission.Active) : 0;
        foreach (var work in await Task.Run(() => queue.Claim(free)))
            await Begin(queue, work);
    }

    private async Task Begin(QueueDirectory queue, QueuedWork queued)
    {
        if (queued.Work.SessionId.Length == 0)
        {
            Finish(queue, queued, Refusal(queued.Work.Problem));
            return;
        }

        foreach (var refused in (await dispatch.Take([queued.Work.Raw])).Refused)
        {
            if (refused.IsMomentary)
                queue.GiveBack(queued);
            else
                Finish(queue, queued, Refusal(refused.Reason) with { SessionId = refused.SessionId });
        }
    }

    private async Task Conclude(QueueDirectory queue, QueuedWork queued)
    {
        try
        {
            if (queued.Work.SessionId.Length == 0)
                Finish(queue, queued, Refusal(queued.Work.Problem));
            else if (await grains.Session(queued.Work.SessionId).Inspect() is { State: not (SessionState.Starting or SessionState.Running) } ended)
                Finish(queue, queued, ended);
        }
        catch (SessionNotFoundException)
        {
            queue.GiveBack(queued); // claimed by a daemon that died before it had accepted it
        }
    }

    private void Finish(QueueDirectory queue, QueuedWork queued, SessionInspection outcome)
    {
        queue.Finish(queued, JsonSerializer.SerializeToUtf8Bytes(outcome, ControlApiJson.Default.SessionInspection));
        Finished(queued.Name, outcome.State);
    }

    private SessionInspection Refusal(string reason) =>
        new() { State = SessionState.Failed, Reason = reason, AcceptedAt = clock.GetUtcNow(), EndedAt = clock.GetUtcNow() };
}
