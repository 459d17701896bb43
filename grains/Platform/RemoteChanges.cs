using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Donmai.Core.Platform.Wire;
using Donmai.Core.Sessions;
using Donmai.Platform;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

/// <summary>
/// Applies what the platform asks for, one after another, each id once in the daemon's life, and remembers what is to be acknowledged
/// (platform-api.md §6.6).
/// </summary>
/// <param name="grains">The sessions.</param>
/// <param name="file"><c>daemon.yaml</c>, written before anything is in force.</param>
/// <param name="configuration">The configuration in force.</param>
/// <param name="tellHostStatus">Is told of a word about this host.</param>
/// <param name="logger">The heartbeat's log.</param>
internal sealed partial class RemoteChanges(
    IGrainFactory grains, IConfigurationFile file, IDaemonConfiguration configuration, Action<HostStatusDetail> tellHostStatus, ILogger logger)
{
    /// <summary>Outcomes that are remembered; the oldest are forgotten, which is harmless: every change can be repeated.</summary>
    private const int OutcomesRemembered = 10_000;

    private const int LongestError = 1024;

    private readonly Dictionary<string, string?> _outcomes = new(StringComparer.Ordinal); // by id; null is success
    private readonly Queue<string> _order = new();
    private readonly List<string> _untold = []; // in the order in which they were applied

    /// <summary>Ids of applied changes that the platform does not know to be applied; <see langword="null"/> without any.</summary>
    public List<string>? Applied => Untold(static error => error is null) is { Count: > 0 } ids ? ids : null;

    /// <summary>Changes that could not be applied and that the platform does not know of; <see langword="null"/> without any.</summary>
    public List<MutationFailure>? Failures => Untold(static error => error is not null) is { Count: > 0 } ids
        ? ids.ConvertAll(id => new MutationFailure { Id = id, Error = _outcomes[id]! })
        : null;

    /// <summary>Applies what was not applied yet.</summary>
    /// <returns>Whether there is something new to acknowledge.</returns>
    public async Task<bool> Apply(IReadOnlyList<JsonText> changes)
    {
        var hasNews = false;
        foreach (var change in changes.OfType<JsonText>().Select(RemoteChange.Read))
        {
            if (change.Id.Length == 0)
            {
                WithoutId(change.Op);
                continue;
            }

            if (!_outcomes.ContainsKey(change.Id))
            {
                Remember(change.Id, await Outcome(change));
                hasNews = true;
            }

            if (!_untold.Contains(change.Id))
                _untold.Add(change.Id);
        }

        return hasNews;
    }

    /// <summary>A beat with these acknowledgements was answered.</summary>
    public void Acknowledged(HeartbeatRequest beat)
    {
        _untold.RemoveAll(id => beat.AppliedMutations?.Contains(id) is true || beat.MutationFailures?.Exists(failure => failure.Id == id) is true);
    }

    private List<string> Untold(Predicate<string?> isWanted) => _untold.FindAll(id => isWanted(_outcomes[id]));

    private void Remember(string id, string? error)
    {
        _outcomes[id] = error is { Length: > LongestError } ? error[..LongestError] : error;
        _order.Enqueue(id);
        while (_order.Count > OutcomesRemembered && _order.Dequeue() is var oldest)
        {
            _outcomes.Remove(oldest);
            _untold.Remove(oldest);
        }
    }

    private async Task<string?> Outcome(RemoteChange change)
    {
        try
        {
            var error = await Apply(change);
            if (error is null)
                IsApplied(change.Op, change.Id, change.RequestedBy.Length > 0 ? change.RequestedBy : "nobody by name");
            else
                IsRefused(change.Op, change.Id, error);
            return error;
        }
        catch (Exception failure)
        {
            IsRefused(change.Op, change.Id, failure.Message);
            return failure.Message;
        }
    }

    private Task<string?> Apply(RemoteChange change) => change.Op switch
    {
        "project.add" => AddProject(change),
        "project.remove" => RemoveProject(change),
        "session.kill" => KillSession(change),
        "pool.deleted" => Task.FromResult(PoolDeleted(change)),
        "project.enable" or "project.disable" or "modelAccess.set" or "modelAccess.clear" => Task.FromResult<string?>(
            $"{change.Op} is not possible on this machine: its daemon runs every project of its list and has no policy for models; use project.add and project.remove"),
        _ => Task.FromResult<string?>($"unknown op \"{change.Op}\"; upgrade the daemon"),
    };

    private async Task<string?> AddProject(RemoteChange change)
    {
        if (RefusedByOperator() is { } refused)
            return refused;
        if (RemoteChange.Problem(change.ProjectId, change.Repository) is { } problem)
            return problem;
        if (!HasProject(change.ProjectId))
            await file.Change([ConfigurationEdit.PutProject(new ProjectConfiguration { Id = change.ProjectId, Repository = change.Repository })]);
        return null;
    }

    private async Task<string?> RemoveProject(RemoteChange change)
    {
        if (RefusedByOperator() is { } refused)
            return refused;
        if (string.IsNullOrWhiteSpace(change.ProjectId))
            return "id is required";
        if (HasProject(change.ProjectId))
            await file.Change([ConfigurationEdit.RemoveProject(change.ProjectId)]);
        return null;
    }

    private async Task<string?> KillSession(RemoteChange change)
    {
        if (!SessionIds.IsUsable(change.SessionId))
            return "sessionId is required";
        var session = grains.Session(change.SessionId);
        var stop = await session.Stop(new SessionStopRequest { Reason = change.Reason.Length > 0 ? change.Reason : "stopped by the platform" });
        if (stop.Stopped)
            return null;
        try
        {
            await session.Handle(); // one that has ended is as good as stopped
            return null;
        }
        catch (SessionNotFoundException)
        {
            return $"there is no session \"{change.SessionId}\" on this machine";
        }
    }

    private string? PoolDeleted(RemoteChange change)
    {
        if (change.PoolId.Length == 0)
            return "poolId is required";
        tellHostStatus(new HostStatusDetail
        {
            Status = HostStatusRules.PoolDeleted,
            RecommendedAction = change.Reason.Length > 0 ? change.Reason : null,
            CandidatePoolIds = change.CandidatePoolIds.Count > 0 ? change.CandidatePoolIds : null,
        });
        return null;
    }

    private bool HasProject(string id) => configuration.Current.Projects.Any(project => project.Id == id);

    private string? RefusedByOperator() => configuration.Current.AllowRemoteConfiguration
        ? null
        : "this machine's configuration is not changed from afar: its operator has set orchestrator.allowRemoteConfiguration to false";
}
