using System.Collections;
using System.Collections.Frozen;
using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Core.Sessions.Limits;
using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Core.Sessions;

/// <summary>Starts and finds the worker of a session, off the caller's thread.</summary>
/// <param name="processes">Owner of the machine's session processes.</param>
/// <param name="worker">The program that runs a session.</param>
/// <param name="address">The address workers are told.</param>
/// <param name="state">Where work trees lie.</param>
/// <param name="configuration">Orchestrator, stub permission, settings of providers.</param>
/// <param name="clock">Time.</param>
/// <param name="hook">What an embedding program does before each start.</param>
public sealed class SessionLauncher(
    ISessionProcesses processes,
    WorkerCommand worker,
    ControlAddress address,
    StateDirectory state,
    IDaemonConfiguration configuration,
    TimeProvider clock,
    ISpawnHook? hook = null)
{
    /// <summary>Variable that permits the scripted provider to the worker.</summary>
    public const string AllowStubVariable = "DONMAI_ALLOW_STUB";

    private const string Stub = "stub";

    private readonly FrozenDictionary<string, string> _daemonEnvironment = Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToFrozenDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    /// <summary>The run of the system that a session is recorded in before its worker is started.</summary>
    public string BootId => processes.BootId;

    /// <summary>Starts the worker of an accepted session.</summary>
    /// <exception cref="WorkerStartException">The system refused; nothing runs.</exception>
    public Task<ProcessIdentity> Start(SessionStart start, WorkareaLease lease) => Task.Run(async () =>
    {
        var composed = Compose(start, lease);
        return processes.Start(new WorkerLaunch
        {
            SessionId = start.Spec.SessionId,
            Command = worker.Words,
            Environment = hook is null ? composed : await SpawnHooking.Ask(hook, start.Spec, composed, clock),
            RecordPath = lease.RecordPath,
            WorkingDirectory = state.Worktrees,
            Limit = ResourceLimit.Of(start.Spec.Resources, configuration.Current),
        });
    });

    /// <summary>
    /// Looks for the worker after a restart. Where the record directory is gone, or the system was started anew since and the worker's traces may
    /// not have reached the disk, nobody can tell whether it was ever started, so its outcome is unknown: a session is never started twice.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="lease">Its places.</param>
    /// <param name="identity">The process as recorded, if any.</param>
    /// <param name="bootId">The run of the system that the session was recorded in.</param>
    /// <param name="now">The moment of the search.</param>
    public Task<ProcessFinding> Find(
        string sessionId, WorkareaLease lease, ProcessIdentity? identity, string bootId, DateTimeOffset now) => Task.Run(() =>
    {
        var finding = processes.Find(sessionId, lease.RecordPath, identity);
        var isProven = finding is not ProcessFinding.NeverStarted
            || (identity is null && bootId == processes.BootId && Directory.Exists(lease.RecordPath));
        return isProven ? finding : new ProcessFinding.Ended(new ProcessExit { OutcomeUnknown = true, EndedAt = now });
    });

    private Dictionary<string, string> Compose(SessionStart start, WorkareaLease lease)
    {
        var current = configuration.Current;
        return WorkerEnvironment.Compose(new WorkerEnvironmentRequest
        {
            Daemon = _daemonEnvironment,
            Supplied = Supplied(current, start.Spec.PinnedProvider),
            Item = start.Spec.Env,
            SessionId = start.Spec.SessionId,
            Repository = start.Spec.Repository,
            Ref = start.Spec.Ref,
            ProjectId = start.ProjectId,
            DaemonUrl = address.Bound,
            RecordPath = lease.RecordPath,
            OrchestratorUrl = current.OrchestratorUrl,
            TraceParent = start.TraceParent,
        });
    }

    private static Dictionary<string, string> Supplied(DaemonConfiguration current, string? pinnedProvider)
    {
        var supplied = new Dictionary<string, string>(StringComparer.Ordinal);
        if (current.AllowStub || pinnedProvider == Stub)
            supplied[AllowStubVariable] = "1";
        if (current.Rules.ToText() is var rules && rules != SessionRules.Default.ToText())
            supplied[SessionRules.Variable] = rules;
        if (current.Providers.Count > 0)
            supplied[ProviderSettings.Variable] = ProviderSettings.Write(current.Providers);
        return supplied;
    }
}
