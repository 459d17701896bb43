using System.Collections.Immutable;
using System.Globalization;

namespace Donmai.FakePlatform.Workers;

/// <summary>Registers machines and knows their tokens (platform-api.md §3, §5).</summary>
public sealed class WorkerDesk
{
    private readonly Ledger _ledger;
    private readonly PlatformOptions _options;
    private readonly HashSet<string> _registrationTokens;
    private readonly Dictionary<string, string> _lastOfMachine = new(StringComparer.Ordinal);
    private RefreshMode _refresh;
    private int _registered;

    internal WorkerDesk(Ledger ledger, PlatformOptions options)
    {
        _ledger = ledger;
        _options = options;
        _registrationTokens = options.RegistrationTokens.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The workers that are known now.</summary>
    public ImmutableList<Worker> All
    {
        get
        {
            lock (_ledger.Gate)
                return [.. _ledger.Workers.Values];
        }
    }

    /// <summary>How many registrations there were.</summary>
    public int Registrations
    {
        get
        {
            lock (_ledger.Gate)
                return _registered;
        }
    }

    /// <summary>Says how refresh calls are answered from now on.</summary>
    public void SetRefresh(RefreshMode mode)
    {
        lock (_ledger.Gate)
            _refresh = mode;
    }

    /// <summary>Ends the present runtime token of a worker, or of all of them.</summary>
    public void ExpireTokens(string? workerId = null)
    {
        lock (_ledger.Gate)
        {
            foreach (var id in workerId is null ? [.. _ledger.Workers.Keys] : new[] { Known(workerId).Id })
                _ledger.Workers[id] = _ledger.Workers[id] with { TokenRevoked = true };
        }
    }

    /// <summary>Forgets a worker: its calls are answered with 404 from now on.</summary>
    public void ForgetWorker(string workerId)
    {
        lock (_ledger.Gate)
            _ledger.Workers.Remove(Known(workerId).Id);
    }

    /// <summary>What an <c>Authorization</c> header proves.</summary>
    internal Credential Recognise(string? authorization)
    {
        if (string.IsNullOrEmpty(authorization))
            return new Credential(CredentialKind.None);
        if (!authorization.StartsWith("Bearer ", StringComparison.Ordinal))
            return new Credential(CredentialKind.Unknown);
        var token = authorization["Bearer ".Length..];
        if (_registrationTokens.Contains(token))
            return new Credential(CredentialKind.Registration);
        lock (_ledger.Gate)
            return RuntimeToken(token);
    }

    internal Worker Register(Credential credential, JsonBody body)
    {
        RequireRegistrationToken(credential);
        var hostname = body.Text("hostname");
        var capacity = body.Integer("capacity", least: 1);
        var provides = body.Objects("provides")?.Select(static entry => entry.Text("kind")).ToImmutableList() ?? [];
        var allowlist = body.Objects("daemonProjects")?.Select(Entry).ToImmutableList() ?? [];
        lock (_ledger.Gate)
        {
            var worker = new Worker
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"wkr_{++_registered}"),
                MachineId = body.OptionalText("machineId") ?? hostname,
                Hostname = hostname,
                Capacity = capacity,
                Version = body.OptionalText("version"),
                Provides = provides,
                Allowlist = allowlist,
                TokenExpiresAt = _ledger.Now + _options.TokenLifetime,
            };
            Succeed(worker);
            return worker;
        }
    }

    internal Worker Refresh(Credential credential, string workerId)
    {
        RequireRegistrationToken(credential);
        lock (_ledger.Gate)
        {
            if (_refresh == RefreshMode.Missing)
                throw RefusedException.NotFound("Not found");
            if (_refresh == RefreshMode.Broken)
                throw new RefusedException(503, "Refreshing tokens is out of order");
            var known = Known(workerId);
            return _ledger.Workers[workerId] = known with
            {
                TokenGeneration = known.TokenGeneration + 1,
                TokenRevoked = false,
                TokenExpiresAt = _ledger.Now + _options.TokenLifetime,
            };
        }
    }

    /// <summary>The worker of a path, when the token is its own. Called under the gate.</summary>
    internal Worker Authenticated(Credential credential, string workerId)
    {
        var worker = Known(workerId);
        RequireRuntimeToken(credential);
        return credential.WorkerId == workerId ? worker : throw RefusedException.Unauthorized("unauthorized");
    }

    internal static void RequireRuntimeToken(Credential credential)
    {
        if (credential.Kind == CredentialKind.Expired)
            throw RefusedException.Unauthorized("Runtime token expired");
        if (credential.Kind != CredentialKind.Runtime)
            throw RefusedException.Unauthorized("unauthorized");
    }

    internal static ProjectEntry Entry(JsonBody body) => new(body.Text("id"), body.Text("repository"));

    // A machine has one identity: its former one ends, and what that held goes on in the new one's name.
    private void Succeed(Worker worker)
    {
        if (_lastOfMachine.TryGetValue(worker.MachineId, out var former))
        {
            _ledger.Workers.Remove(former);
            foreach (var session in _ledger.Sessions.Values.Where(session => session.ClaimedBy == former && !session.IsTerminal).ToList())
                _ledger.Sessions[session.Id] = session with { ClaimedBy = worker.Id };
        }

        _lastOfMachine[worker.MachineId] = worker.Id;
        _ledger.Workers[worker.Id] = worker;
    }

    private Credential RuntimeToken(string token)
    {
        foreach (var worker in _ledger.Workers.Values)
        {
            if (token == worker.Token)
                return new Credential(IsOver(worker) ? CredentialKind.Expired : CredentialKind.Runtime, worker.Id, worker.TokenGeneration);
            for (var generation = worker.TokenGeneration - 1; generation > 0; generation--)
            {
                if (token == (worker with { TokenGeneration = generation }).Token)
                    return new Credential(CredentialKind.Expired, worker.Id, generation);
            }
        }

        return new Credential(CredentialKind.Unknown);
    }

    private bool IsOver(Worker worker) => worker.TokenRevoked || worker.TokenExpiresAt <= _ledger.Now;

    private Worker Known(string workerId) => _ledger.Workers.GetValueOrDefault(workerId) ?? throw RefusedException.NotFound("Worker not found");

    private static void RequireRegistrationToken(Credential credential)
    {
        if (credential.Kind != CredentialKind.Registration)
            throw RefusedException.Unauthorized("unknown registration token");
    }
}
