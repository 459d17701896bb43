using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Donmai.FakePlatform.Workers;

/// <summary>Takes heartbeats, and answers with the host's status and the mutations that are not acknowledged yet (platform-api.md §6).</summary>
public sealed class HeartbeatDesk
{
    private readonly Ledger _ledger;
    private readonly WorkerDesk _workers;
    private readonly List<MutationStanding> _mutations = [];
    private HostStatus? _hostStatus;

    internal HeartbeatDesk(Ledger ledger, WorkerDesk workers)
    {
        _ledger = ledger;
        _workers = workers;
    }

    /// <summary>What beats are told about the host; <see langword="null"/> for nothing.</summary>
    public HostStatus? HostStatus
    {
        get
        {
            lock (_ledger.Gate)
                return _hostStatus;
        }
    }

    /// <summary>All mutations, acknowledged ones too.</summary>
    public ImmutableList<MutationStanding> Mutations
    {
        get
        {
            lock (_ledger.Gate)
                return [.. _mutations];
        }
    }

    /// <summary>Says what beats are told about the host from now on.</summary>
    public void SetHostStatus(HostStatus? status)
    {
        lock (_ledger.Gate)
            _hostStatus = status;
    }

    /// <summary>Asks hosts for a change, with every beat until one acknowledges it. The same id may be asked for twice.</summary>
    /// <returns>Its id.</returns>
    public string AddMutation(Mutation mutation)
    {
        lock (_ledger.Gate)
        {
            var id = mutation.Id ?? string.Create(CultureInfo.InvariantCulture, $"mut_{_mutations.Count + 1}");
            _mutations.Add(new MutationStanding { Mutation = mutation with { Id = id }, RequestedAt = _ledger.Now });
            return id;
        }
    }

    internal JsonObject Beat(Credential credential, string workerId, JsonBody body, int pendingWork)
    {
        lock (_ledger.Gate)
        {
            var worker = _workers.Authenticated(credential, workerId);
            _ledger.Workers[workerId] = Told(worker, body);
            Acknowledge(body);
            return Answer(pendingWork);
        }
    }

    private Worker Told(Worker worker, JsonBody body)
    {
        var hash = body.OptionalText("allowlistHash");
        var list = body.Objects("allowlist")?.Select(WorkerDesk.Entry).ToImmutableList();
        if (list is not null && hash != AllowlistDigest.Of(list))
            throw RefusedException.Bad("\"allowlistHash\" is not the hash of \"allowlist\"");
        return worker with
        {
            Beats = worker.Beats + 1,
            LastBeatAt = _ledger.Now,
            ActiveCount = body.Integer("activeCount", least: 0),
            MaxSessions = body.OptionalInteger("maxSessions"),
            Status = body.OptionalText("status"),
            Load = body.OptionalObject("load")?.Element(),
            AllowlistHash = hash,
            Allowlist = list ?? worker.Allowlist,
        };
    }

    private void Acknowledge(JsonBody body)
    {
        foreach (var id in body.Texts("appliedMutations") ?? [])
            Acknowledge(id, error: null);
        foreach (var failure in body.Objects("mutationFailures") ?? [])
            Acknowledge(failure.Text("id"), failure.Text("error"));
    }

    private void Acknowledge(string id, string? error)
    {
        for (var i = 0; i < _mutations.Count; i++)
        {
            if (_mutations[i].Mutation.Id == id)
                _mutations[i] = _mutations[i] with { Acknowledgements = _mutations[i].Acknowledgements + 1, Error = error };
        }
    }

    private JsonObject Answer(int pendingWork)
    {
        var answer = new JsonObject
        {
            ["acknowledged"] = true,
            ["serverTime"] = WireTime.Of(_ledger.Now),
            ["pendingWorkCount"] = pendingWork,
        };
        if (_hostStatus is { } status)
            answer["hostStatus"] = HostStatusNode(status);
        var pending = new JsonArray();
        for (var i = 0; i < _mutations.Count; i++)
        {
            if (_mutations[i].Acknowledgements > 0)
                continue;
            _mutations[i] = _mutations[i] with { Deliveries = _mutations[i].Deliveries + 1 };
            pending.Add(MutationNode(_mutations[i]));
        }

        if (pending.Count > 0)
            answer["pendingMutations"] = pending;
        return answer;
    }

    private static JsonObject HostStatusNode(HostStatus status)
    {
        var node = new JsonObject { ["status"] = status.Status };
        if (status.RecommendedAction is { } action)
            node["recommendedAction"] = action;
        if (status.CandidatePoolIds is { } pools)
            node["candidatePoolIds"] = new JsonArray([.. pools.Select(static pool => JsonValue.Create(pool))]);
        return node;
    }

    private static JsonObject MutationNode(MutationStanding standing) => new()
    {
        ["id"] = standing.Mutation.Id,
        ["op"] = standing.Mutation.Op,
        ["params"] = standing.Mutation.Params?.DeepClone() ?? new JsonObject(),
        ["requestedAt"] = WireTime.Of(standing.RequestedAt),
        ["requestedBy"] = standing.Mutation.RequestedBy,
    };
}
