using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Donmai.Core.Sessions;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

/// <summary>Hands fetched work over to the spawner, one item after another, and says which of it has to be given back (platform-api.md §7.2, §8).</summary>
/// <param name="machine">The machine.</param>
/// <param name="grains">Spawner, daemon and sessions.</param>
/// <param name="configuration">The projects.</param>
/// <param name="metrics">Counts.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">The poll's log.</param>
internal sealed partial class WorkDispatch(
    string machine, IGrainFactory grains, IDaemonConfiguration configuration, LoopMetrics metrics, TimeProvider clock, ILogger logger)
{
    /// <summary>How long a session that was refused for good is neither accepted nor given back again (platform-api.md §8).</summary>
    internal static readonly TimeSpan RefusalRemembered = TimeSpan.FromMinutes(10);

    private readonly RefusalMemory _refusedForGood = new(RefusalRemembered, clock);
    private ProjectAllowlist _allowlist = new([]);

    /// <summary>Items that wait for their turn.</summary>
    public int Waiting { get; private set; }

    /// <summary>Items that became sessions.</summary>
    public long Accepted { get; private set; }

    /// <summary>Items that were refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Items that were passed over.</summary>
    public long Repeated { get; private set; }

    /// <summary>Hands the items over in their order.</summary>
    public async Task<DispatchedWork> Take(IReadOnlyList<JsonText> items)
    {
        var dispatched = new DispatchedWork();
        Waiting = items.Count;
        try
        {
            foreach (var item in items)
            {
                var work = FetchedWork.Read(item);
                if (await Take(work, dispatched.Running) is { } back && !dispatched.Refused.Exists(other => other.SessionId == back.SessionId))
                    dispatched.Refused.Add(back);
                Waiting--;
            }
        }
        finally
        {
            Waiting = 0;
        }

        return dispatched;
    }

    private async Task<RefusedWork?> Take(FetchedWork work, List<string> running)
    {
        if (work.SessionId.Length == 0)
        {
            metrics.Item(NackReason.Invalid);
            Refused++;
            WithoutId(work.Problem);
            return null;
        }

        if (IsRefusedAlready(work.SessionId))
        {
            metrics.Item("repeated");
            Repeated++;
            return null;
        }

        try
        {
            if (work.Item is not { } item)
                throw new InvalidSessionSpecException(work.Problem);
            await grains.Spawner(machine).Accept(FetchedWork.Spec(item, work.Raw, Allowlist()));
            metrics.Item("accepted");
            Accepted++;
            running.Add(work.SessionId);
            return null;
        }
        catch (SessionAlreadyActiveException)
        {
            Repeated++;
            running.Add(work.SessionId);
            metrics.Item(NackReason.Duplicate); // it runs here: giving it back would give it to somebody else as well
            return null;
        }
        catch (Exception refusal)
        {
            return await Refuse(work, refusal);
        }
    }

    private async Task<RefusedWork> Refuse(FetchedWork work, Exception refusal)
    {
        var reason = NackReason.Of(SessionMetrics.ReasonOf(refusal), await grains.Daemon(machine).State());
        metrics.Item(reason);
        Refused++;
        var isMomentary = NackReason.IsMomentary(reason);
        if (!isMomentary)
            _refusedForGood.Add(Shown(work.SessionId));
        GivenBack(Shown(work.SessionId), reason, refusal.Message);
        return new RefusedWork(work.SessionId, work.Raw, NackReason.Sentence(reason, refusal.Message), isMomentary);
    }

    private bool IsRefusedAlready(string sessionId)
    {
        Allowlist();
        return _refusedForGood.Contains(Shown(sessionId));
    }

    /// <summary>The projects as they are now. When they have changed, what was refused before may be welcome.</summary>
    private ProjectAllowlist Allowlist()
    {
        var projects = configuration.Current.Projects;
        if (!ReferenceEquals(_allowlist.Projects, projects))
        {
            _allowlist = new ProjectAllowlist(projects);
            _refusedForGood.Clear();
        }

        return _allowlist;
    }

    private static string Shown(string sessionId) => sessionId.Length <= SessionIds.MaximumLength ? sessionId : sessionId[..SessionIds.MaximumLength];
}
