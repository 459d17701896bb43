using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Platform;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Grains.Sessions;

/// <summary>What others see of a session's record.</summary>
internal static class SessionViews
{
    private const double CentsPerDollar = 100;

    /// <summary>The row of a list (control-api.md §4.8).</summary>
    public static SessionHandle Handle(string sessionId, SessionRecord session) => new()
    {
        SessionId = sessionId,
        Pid = session.Process?.Pid ?? 0,
        AcceptedAt = session.Start?.AcceptedAt ?? default,
        State = session.State,
        ProjectName = session.Start?.ProjectId,
        Repository = session.Start?.Spec.Repository,
        WorktreePath = WorktreePath(session),
        EndedAt = session.Exit?.EndedAt,
    };

    /// <summary>What the session's worker reads (control-api.md §4.10).</summary>
    public static SessionDetail Detail(SessionRecord session, SessionStart start, DaemonConfiguration configuration) => new()
    {
        SessionId = start.Spec.SessionId,
        ProviderSessionId = NullWhenEmpty(start.Spec.ProviderSessionId),
        ProjectName = start.ProjectId,
        Repository = start.CloneSource,
        Ref = NullWhenEmpty(start.Spec.Ref),
        WorkType = NullWhenEmpty(start.Spec.WorkType),
        PromptContext = NullWhenEmpty(start.Spec.PromptContext),
        Title = NullWhenEmpty(start.Spec.Title),
        Branch = NullWhenEmpty(start.Spec.Branch),
        ResolvedProfile = start.Spec.PinnedProvider is null
            ? (start.Spec.ResolvedProfile ?? new ResolvedProfile()) with { Provider = start.Decision.ChosenLlm }
            : start.Spec.ResolvedProfile,
        ModelProfile = start.Spec.ModelProfile,
        PlatformUrl = configuration.OrchestratorUrl.StartsWith("http", StringComparison.Ordinal) ? configuration.OrchestratorUrl : null,
        Project = start.Checkout,
        Inbox = session.Inbox.Count > 0 ? session.Inbox : null,
        Stop = session.Stop is not null,
        StopMode = session.Stop?.Mode,
        MaxDurationSeconds = MaxDurationSeconds(start, configuration),
        Limits = Limits(configuration),
        LogRaw = configuration.SessionLogRaw,
        SeedPath = session.Lease.Seed?.Path,
    };

    /// <summary>
    /// The detail of a session of the platform with what its worker's calls are made with; read for every one of them, so that it is always what is in
    /// force (daemon-runtime.md §10.1). A stub's token is nobody's: a worker that has none calls nobody.
    /// </summary>
    public static SessionDetail WithCredentials(SessionDetail detail, PlatformCredentials? credentials, string? gitToken) => credentials is null ? detail : detail with
    {
        GitToken = gitToken,
        WorkerId = credentials.WorkerId,
        AuthToken = credentials.IsStub ? null : credentials.RuntimeToken,
        PlatformUrl = credentials.IsStub ? detail.PlatformUrl : credentials.PlatformUrl,
    };

    /// <summary>What its platform is to be told of an ended session, if its worker has not.</summary>
    public static SessionLeavings Leavings(string sessionId, SessionRecord session) => new()
    {
        SessionId = sessionId,
        RecordPath = session.Lease.RecordPath,
        Record = session.Exit?.Record,
        Status = session.State switch
        {
            SessionState.Completed => "completed",
            SessionState.Terminated => "stopped",
            _ => "failed",
        },
        Reason = session.Reason ?? "",
        StopMode = session.Stop?.Mode,
        AcceptedAt = session.Start?.AcceptedAt ?? default,
    };

    /// <summary>Everything that may be shown.</summary>
    public static SessionInspection Inspection(SessionRecord session, SessionStart start, long lastEventSeq) => new()
    {
        SessionId = start.Spec.SessionId,
        State = session.State,
        Reason = session.Reason,
        StopMode = session.Stop?.Mode,
        Repository = start.Spec.Repository,
        Ref = NullWhenEmpty(start.Spec.Ref),
        ProjectName = start.ProjectId,
        Provider = start.Decision.ChosenLlm,
        Pid = session.Process?.Pid ?? 0,
        AcceptedAt = start.AcceptedAt,
        EndedAt = session.Exit?.EndedAt,
        ExitCode = session.Exit?.ExitCode,
        Signal = session.Exit?.Signal,
        WorktreePath = WorktreePath(session),
        ArchiveId = NullWhenEmpty(session.Archive?.ArchiveId),
        ArchivePath = NullWhenEmpty(session.Archive?.TreePath),
        RecordPath = session.Lease.RecordPath,
        Result = session.Exit?.Record?.Result,
        LastEventSeq = lastEventSeq,
        TraceId = SessionTrace.TraceId(start.TraceParent),
        AcquirePath = NullWhenEmpty(session.Lease.AcquirePath),
        Seed = session.Lease.Seed,
    };

    /// <summary>Why an archive is made (workareas.md §2.1).</summary>
    public static string Disposition(SessionRecord session) => session switch
    {
        { State: SessionState.Completed } => "completed",
        { State: SessionState.Failed } => "failed",
        { Stop.Mode: SessionStopMode.OperatorCancelled } => SessionStopMode.OperatorCancelled,
        _ => "terminated",
    };

    /// <summary>Whether the session changed anything; <see langword="null"/> when its worker did not say.</summary>
    public static bool? Changed(SessionRecord session) =>
        session.Exit?.Record?.Result?.Changes is { } changes ? changes.Files.Count > 0 || changes.Commits > 0 : null;

    /// <summary>What the router learns from (routing.md §6.3).</summary>
    public static RoutingOutcome Outcome(SessionRecord session, SessionStart start) => new()
    {
        SessionId = start.Spec.SessionId,
        Sandbox = start.Decision.ChosenSandbox,
        Llm = start.Decision.ChosenLlm,
        Model = NullWhenEmpty(start.Spec.ModelProfile?.Model ?? start.Spec.ResolvedProfile?.Model),
        State = session.State,
        CostCents = session.Exit?.Record?.Result?.Cost?.TotalCostUsd * CentsPerDollar,
        LatencyMs = Math.Max(0, ((session.Exit?.EndedAt ?? start.AcceptedAt) - start.AcceptedAt).TotalMilliseconds),
    };

    /// <summary>The longest life of a session: its own, else the daemon's; <see langword="null"/> means no limit (daemon-runtime.md §9.6).</summary>
    public static TimeSpan? MaxDuration(SessionStart start, DaemonConfiguration configuration) =>
        MaxDurationSeconds(start, configuration) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static SessionBounds? Limits(DaemonConfiguration configuration)
    {
        var limits = configuration.SessionLimits with { NoProgressSeconds = configuration.SessionNoProgressSeconds };
        return limits == new SessionBounds() ? null : limits;
    }

    private static int MaxDurationSeconds(SessionStart start, DaemonConfiguration configuration) =>
        start.Spec.MaxDurationSeconds > 0 ? start.Spec.MaxDurationSeconds : configuration.SessionMaxDurationSeconds;

    /// <summary>The tree is in its place until it was archived, or for good when that was not possible.</summary>
    private static string? WorktreePath(SessionRecord session) =>
        session.Archive is null or { Problem: not null } ? NullWhenEmpty(session.Lease.WorktreePath) : null;

    private static string? NullWhenEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
