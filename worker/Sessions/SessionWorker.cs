using System.Text.Json;
using Donmai.Core.Git;
using Donmai.Core.Sessions;
using Donmai.Core.Sessions.Children;
using Donmai.Sessions;
using Donmai.Worker.Platform;
using Donmai.Worker.Providers;
using Donmai.Worker.Workareas;

namespace Donmai.Worker.Sessions;

/// <summary>
/// The worker's life (worker.md §1.3): record directory and lock, signals, work order, session, result, and on every path an exit record as
/// the very last act.
/// </summary>
/// <param name="host">The process it runs in.</param>
internal sealed partial class SessionWorker(WorkerHost host)
{
    private static readonly TimeSpan DetailTimeout = TimeSpan.FromSeconds(10);

    // Once the session has ended and was told of, nothing changes how.
    private WorkerExitRecord? _ended;

    /// <summary>Runs one session.</summary>
    /// <returns>Exit code of the process.</returns>
    public async Task<int> Run(WorkerOptions options, CancellationToken cancellation)
    {
        var identity = WorkerIdentity.OfThisProcess(host.Clock.GetUtcNow());
        try
        {
            var places = WorkerPlaces.Resolve(options, host.Variables);
            using var step = SessionTrace.Begin("run session", host.Variables.Text(SessionTrace.Variable), places.SessionId);
            using var record = RecordDirectory.Open(places, identity);
            return await Run(options, places, record, identity, cancellation);
        }
        catch (PreflightException failure)
        {
            Complain(failure);
            return WorkerExitCode.Preflight;
        }
    }

    private async Task<int> Run(
        WorkerOptions options, WorkerPlaces places, RecordDirectory record, WorkerIdentity identity, CancellationToken cancellation)
    {
        WorkerExitRecord exit;
        try
        {
            exit = await Session(options, places, record, identity, cancellation);
        }
        catch (PreflightException failure)
        {
            Complain(failure);
            exit = Exit(SessionEnd.NotStarted(failure.Message), WorkerExitCode.Preflight);
        }
#pragma warning disable CA1031 // The last line of defence: whatever it was, it ends in the exit record.
        catch (Exception unforeseen)
#pragma warning restore CA1031
        {
            Complain(unforeseen);
            exit = _ended ?? Exit(SessionEnd.Unforeseen(unforeseen), WorkerExitCode.Failed);
        }

        Leave(record, exit with
        {
            SessionId = places.SessionId,
            Pid = identity.Pid,
            ProcessStartTime = identity.StartedAt,
            EndedAt = host.Clock.GetUtcNow(),
        });
        return exit.ExitCode;
    }

    // The exit code still says how it went.
    private void Leave(RecordDirectory record, WorkerExitRecord exit)
    {
        try
        {
            record.WriteExit(exit);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Write(host.Error, $"donmai agent: the exit record '{record.PathOf(SessionRecordFiles.Exit)}' cannot be written: {refused.Message}");
        }
    }

    private async Task<WorkerExitRecord> Session(
        WorkerOptions options, WorkerPlaces places, RecordDirectory record, WorkerIdentity identity, CancellationToken cancellation)
    {
        var redaction = new Redaction();
        using var log = new WorkerLog(record.PathOf(SessionRecordFiles.WorkerLog), host.Error, redaction, host.Clock);
        using var stop = new SessionStop();
        using var details = Details(options, places);
        using var journal = new SessionJournal(record, redaction, stop, host.Clock, log);
        await using var signals = new SignalWatch(details, stop, host.Settings.StopDetailTimeout);
        if (host.OwnsProcess)
            signals.ListenToProcess();
        signals.ListenTo(cancellation);

        return await Detail(details, stop) is { } detail
            ? await Begin(new WorkerStart(options, places, record, identity, redaction, log, stop, details, journal), detail)
            : Exit(stop.Cause!, stop.Cause!.ExitCode);
    }

    // The detail is known, and from now on whatever becomes known later.
    private async Task<WorkerExitRecord> Begin(WorkerStart start, SessionDetail detail)
    {
        start.Redaction.Add(detail.AuthToken, detail.GitToken);
        start.Journal.KeepsRaw = detail.LogRaw;
        var isLive = string.IsNullOrWhiteSpace(start.Options.DetailFile);
        using var token = new PlatformTokenFile(start.Record, detail, start.Log);
        await using var inbox = new SessionInbox(start.Details, start.Log);
        // Gone before those whom it tells: the last answer must not leave a token behind.
        await using var latest = new LatestDetail(start.Details, detail, host.Clock, start.Log) { IsLive = isLive };
        latest.Renewed += renewed => start.Redaction.Add(renewed.AuthToken, renewed.GitToken);
        latest.Renewed += token.Write;
        latest.Renewed += inbox.Take;
        inbox.Take(detail);
        await using var watch = new DetailWatch(latest, start.Stop, host.Clock);
        watch.Look(detail);
        if (!string.IsNullOrWhiteSpace(detail.AuthToken))
            watch.Begin();
        var leftovers = new Leftovers(host.OwnsProcess && OrphanAdoption.TryEnable(), host.Clock);
        await EndFormerAgents(start.Record, leftovers, start.Log);
        var session = Context(start, detail, latest, inbox, leftovers) with { TokenFile = token.Path };
        await using var link = PlatformLink.For(session, new SessionCredentials(latest, host.Clock), host.Platform);
        return await Run(session with { Link = link }, start.Options.PrintResult);
    }

    private SessionContext Context(WorkerStart start, SessionDetail detail, LatestDetail latest, SessionInbox inbox, Leftovers leftovers) => new()
    {
        Latest = latest,
        Inbox = inbox,
        Order = WorkOrder.From(detail with { SessionId = start.Places.SessionId }, host.Variables),
        Places = start.Places,
        Variables = host.Variables,
        Record = start.Record,
        Journal = start.Journal,
        Stop = start.Stop,
        Redaction = start.Redaction,
        Rules = Rules(),
        Skills = start.Options.Skills,
        GitHub = GitHub(detail, start.Record),
        Providers = ProviderCatalog.Of(host.Variables, WorkerPlaces.ProbesIn(start.Places.Worktrees), host.Clock),
        Leftovers = leftovers,
        KeepWorktree = start.Options.KeepWorktree,
        Identity = start.Identity,
        Settings = host.Settings.With(detail.Limits),
        Clock = host.Clock,
        Random = host.Random,
        Log = start.Log,
    };

    // Whoever ordered the session hears of every end, also of one that nobody foresaw (worker.md §1.3, §2.9).
    private async Task<WorkerExitRecord> Run(SessionContext session, bool print)
    {
        try
        {
            MakeParent(session.Places.Worktrees);
            return await Outcome(session, print);
        }
        catch (Exception failure) when (session.Journal.Phase is not (SessionPhase.Reporting or SessionPhase.Cleaning or SessionPhase.Done))
        {
            await Report(session, failure is PreflightException ? SessionEnd.NotStarted(failure.Message) : SessionEnd.Unforeseen(failure));
            throw;
        }
    }

    private static void MakeParent(string worktrees)
    {
        try
        {
            PrivateDirectory.MakeReadable(worktrees);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new PreflightException($"the directory of the work trees '{worktrees}' cannot be made: {refused.Message}");
        }
    }

    private static async Task Report(SessionContext session, SessionEnd end)
    {
        var now = session.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await session.Link.Report(
            new SessionResult
            {
                Status = end.Status,
                ProviderName = session.Order.Provider,
                FailureMode = end.FailureMode,
                ExitReason = end.ExitReason,
                Error = session.Redaction.Apply(end.Error),
                Summary = session.Redaction.Apply(end.Error),
                SessionId = session.Order.SessionId,
                StartedAt = now,
                FinishedAt = now,
            },
            statusOnly: false,
            session.Settings.ReportingLimit);
    }

    private static async Task EndFormerAgents(RecordDirectory record, Leftovers leftovers, WorkerLog log)
    {
        if (record.FormerTree is { } tree && await FormerAgents.End(tree, leftovers) is > 0 and var killed)
            FormerAgentsKilled(log, killed);
    }

    private async Task<WorkerExitRecord> Outcome(SessionContext session, bool print)
    {
        var outcome = await new SessionRun(session).Run();
        var result = new SessionClosing(session, outcome).Result();
        _ended = Record(outcome, result);
        Ended(session.Log, session.Order.SessionId, result.Status, result.ExitReason ?? "");
        if (print)
            Print(ResultLine.Compose(result));
        return _ended;
    }

    private static WorkerExitRecord Record(SessionOutcome outcome, SessionResult result) => Exit(outcome.End, outcome.End.ExitCode) with
    {
        Attempt = outcome.Attempt,
        Error = result.Error ?? "",
        WorktreePath = outcome.Tree?.Root ?? "",
        WorktreeKept = outcome.TreeKept,
        ProviderSessionId = outcome.Seen.ProviderSessionId,
        AgentsAlive = outcome.AgentsAlive,
        TerminalPosted = outcome.Report is { } report ? new TerminalPosted { Completion = report.Completion, Status = report.Status } : null,
        OutboxPending = outcome.Report?.Pending ?? 0,
        Result = result,
    };

    private SessionRules Rules()
    {
        try
        {
            return SessionRules.Parse(host.Variables.Text(SessionRules.Variable));
        }
        catch (JsonException unreadable)
        {
            throw new PreflightException($"{SessionRules.Variable} cannot be read: {unreadable.Message}");
        }
    }

    private GitHubPullRequests? GitHub(SessionDetail detail, RecordDirectory record) =>
        HostedRepository.Parse(detail.Repository ?? "") is { IsOnGitHub: true } repository
        && RepositoryAccess.Of(detail) is var access
        && GitHubProgram.Find(access.Over(host.Variables.All), access.Credentials.TokenVariable, record.Root, host.Clock) is { } program
            ? new GitHubPullRequests(program, repository)
            : null;

    private static async Task<SessionDetail?> Detail(ISessionDetailSource details, SessionStop stop)
    {
        try
        {
            return await details.Read(DetailTimeout, stop.Requested);
        }
        catch (OperationCanceledException) when (stop.Cause is not null)
        {
            return null;
        }
    }

    private ISessionDetailSource Details(WorkerOptions options, WorkerPlaces places) =>
        string.IsNullOrWhiteSpace(options.DetailFile)
            ? new DaemonDetails(places, host.Transport(), host.Clock)
            : new DetailFile(Path.GetFullPath(options.DetailFile.Trim()));

    private static WorkerExitRecord Exit(SessionEnd end, int code) => new()
    {
        ExitCode = code,
        Status = end.Status,
        FailureMode = end.FailureMode,
        ExitReason = end.ExitReason,
        Error = end.Error,
    };

    private void Complain(Exception failure) => Write(host.Error, failure is PreflightException ? $"preflight: {failure.Message}" : $"donmai agent: {failure}");

    private void Print(string line) => Write(host.Output, line);

    // Whoever reads our output may be gone (worker.md §1.8 rule 1).
    private static void Write(TextWriter writer, string line)
    {
        try
        {
            writer.Write($"{line}\n");
            writer.Flush();
        }
        catch (IOException)
        {
            return;
        }
    }
}
