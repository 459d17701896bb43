using Donmai.Core.Daemon;
using Donmai.Core.Git;
using Donmai.Core.Sessions;
using Donmai.Worker.Providers;
using Donmai.Worker.Workareas;

namespace Donmai.Worker.Sessions;

/// <summary>One session from its work order to its result, phase by phase (worker.md §2.1).</summary>
/// <param name="session">What the phases work with.</param>
internal sealed partial class SessionRun(SessionContext session)
{
    private readonly SessionObservation _seen = new() { Deeds = new(session.Rules.Tracker) };
    private readonly List<string> _warnings = [];
    private readonly DateTimeOffset _startedAt = session.Clock.GetUtcNow();
    private WorktreeState? _former;

    /// <summary>Runs it. Whatever happens is in the outcome.</summary>
    public async Task<SessionOutcome> Run()
    {
        var outcome = new SessionOutcome { StartedAt = _startedAt, Seen = _seen, Warnings = _warnings };
        using (var limits = new SessionLimits(session, _seen))
        {
            await Work(outcome, limits);
            outcome.Budget = limits.Report();
        }

        await new SessionClosing(session, outcome).Close();
        return outcome;
    }

    // Everything up to the end of the evaluation; the limits reach so far.
    private async Task Work(SessionOutcome outcome, SessionLimits limits)
    {
        try
        {
            await Phases(outcome, limits);
            session.Journal.Enter(SessionPhase.Evaluating);
            outcome.End = TurnVerdict.Decide(session.Stop.Cause, _seen, _warnings);
        }
        catch (SessionFailureException failure)
        {
            outcome.End = session.Stop.Cause ?? failure.End;
        }
        catch (OperationCanceledException) when (session.Stop.Cause is { } cause)
        {
            outcome.End = TurnVerdict.Decide(cause, _seen, _warnings);
        }
#pragma warning disable CA1031 // Whatever it was, what the session has made so far is measured, kept and told.
        catch (Exception unforeseen)
#pragma warning restore CA1031
        {
            Unforeseen(session.Log, unforeseen);
            outcome.End = session.Stop.Cause ?? SessionEnd.Unforeseen(unforeseen);
        }
    }

    private async Task Phases(SessionOutcome outcome, SessionLimits limits)
    {
        session.Journal.Enter(SessionPhase.Accepted);
        session.Order.Check();
        Prompts.UserPrompt.Check(session.Order.Detail);
        await using var provider = Resolve();
        RefuseWhoCannotCommit(provider);
        await Lease();
        var desk = new AgentDesk(session.Record, provider.Name, session.Leftovers, session.Clock, session.Log);
        var access = RepositoryAccess.Of(session.Order.Detail);
        var credentials = access.Credentials;
        var environment = AgentEnvironment.Compose(session.Variables, session.Order, credentials, session.Rules);
        AgentEnvironment.AddToken(environment, session.Order, session.TokenFile, session.Rules);
        access.AddTo(environment);
        if (environment.ContainsKey("WORKER_AUTH_TOKEN"))
            TokenExposed(session.Log);
        session.Redaction.AddFrom(environment);
        session.Redaction.Add(environment.GetValueOrDefault(credentials.TokenVariable ?? ""));
        session.Redaction.Add(RepositorySecrets.PasswordIn(session.Order.Detail.Repository ?? ""));

        await Prepare(provider, environment);
        if (session.HasWorktree)
        {
            outcome.Tree = await Provide(FindGit(access.Over(session.Variables.All), credentials));
            // From here on the agent's settings may name programs that git runs, which are to see what the agent sees.
            outcome.Git = FindGit(environment, credentials);
            AgentEnvironment.AddPlace(environment, outcome.Tree.Branch, outcome.Tree.BaseRef, outcome.Tree.Root);
        }
        else
        {
            outcome.EmptyDirectory = Directory.CreateTempSubdirectory("donmai-").FullName;
        }

        var facts = await Gather(outcome, desk);
        var request = AgentRequests.Compose(session, provider, facts, outcome.Tree?.Root ?? outcome.EmptyDirectory!, environment, desk);
        session.Journal.Tell("phase", $"running {provider.Name}");
        try
        {
            await Converse(provider, request, outcome, limits);
        }
        finally
        {
            _warnings.AddRange(desk.Warnings);
            // What was lent for the clone may be over when the work is delivered.
            if (RepositoryAccess.Of(session.Latest.Current).LentToken is { } newer && newer != access.LentToken)
                outcome.Git = outcome.Git?.With(RepositoryAccess.LentTokenVariable, newer);
        }
    }

    private IAgentProvider Resolve()
    {
        try
        {
            return session.Providers.Resolve(session.Order.Provider);
        }
        catch (ProviderUnavailableException missing)
        {
            throw new SessionFailureException(FailureMode.ProviderResolve, missing.Message);
        }
    }

    // Known before anything is cloned: who only writes text delivers nothing.
    private void RefuseWhoCannotCommit(IAgentProvider provider)
    {
        if (!provider.Capabilities.CanModifyWorkspace
            && CompletionContract.Of(session.Order, session.Variables).Required.Contains(ContractField.CommitsPresent))
            throw new SessionFailureException(
                FailureMode.ProviderResolve, $"provider {provider.Name} cannot change files, work type {session.Order.WorkType} needs it");
    }

    // Who takes the lease tells nobody before it is taken; without an issue there is none.
    private async Task Lease()
    {
        if (string.IsNullOrWhiteSpace(session.Order.Detail.IssueId))
            return;
        session.Journal.Enter(SessionPhase.Leasing);
        await session.Link.StartLease().WaitAsync(session.Stop.Requested);
        session.Stop.Requested.ThrowIfCancellationRequested();
    }

    private async Task Prepare(IAgentProvider provider, IReadOnlyDictionary<string, string> environment)
    {
        session.Journal.Enter(SessionPhase.Preparing);
        using var step = SessionTrace.Begin("prepare provider");
        using var bound = new CancellationTokenSource(session.Settings.PreparingLimit, session.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(session.Stop.Requested, bound.Token);
        try
        {
            await provider.Prepare(environment, ending.Token);
        }
        catch (ProviderUnavailableException missing)
        {
            throw new SessionFailureException(FailureMode.ProviderResolve, missing.Message);
        }
        catch (OperationCanceledException) when (session.Stop.Cause is null)
        {
            throw new SessionFailureException(
                FailureMode.ProviderResolve, $"{provider.Name} did not answer within {session.Settings.PreparingLimit.TotalSeconds:0} s");
        }
    }

    private GitProgram FindGit(IReadOnlyDictionary<string, string> environment, GitCredentials credentials)
    {
        try
        {
            return GitProgram.Find(GitEnvironment.Compose(environment, credentials, session.Order.Detail.Project?.Lfs == true), session.Clock);
        }
        catch (GitFailureException missing)
        {
            throw new SessionFailureException(FailureMode.WorktreeProvision, missing.Message);
        }
    }

    private async Task<Worktree> Provide(GitProgram git)
    {
        var detail = session.Order.Detail;
        session.Journal.Enter(SessionPhase.Worktree, $"cloning {GitFailures.Mask(detail.Repository ?? "")}");
        using var step = SessionTrace.Begin("make work tree");
        using var bound = new CancellationTokenSource(session.Settings.WorktreeLimit, session.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(session.Stop.Requested, bound.Token);
        var mirrors = new MirrorStore(Path.Combine(session.Places.Worktrees, ".mirrors"), session.Settings.MirrorPatience, session.Clock, session.Log);
        var provisioner = new WorktreeProvisioner(session.Places.Worktrees, git, mirrors, session.Settings, session.Clock, session.Random)
        {
            Retrying = async reason =>
            {
                session.Journal.Tell("retry", reason);
                await session.Link.ConfirmLease();
            },
        };
        try
        {
            var tree = await provisioner.Provide(Request(), ending.Token);
            _former = tree.Reused ? new StateFile(ExistingWorktree.StatePath(tree.Root), session.Clock).Read() : null;
            session.Journal.AttachTree(tree.Root, session.Settings.HeartbeatEvery, state => Describe(tree.Reused ? state : new WorktreeState(), tree));
            return tree;
        }
        catch (GitFailureException failure)
        {
            throw new SessionFailureException(
                SessionEnd.Failed(FailureMode.WorktreeProvision, GitFailures.Name(failure.Failure), failure.Message));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            var reason = refused is IOException error && EventLog.IsDiskFull(error) ? ExitReason.DiskFull : FailureMode.WorktreeProvision;
            throw new SessionFailureException(SessionEnd.Failed(FailureMode.WorktreeProvision, reason, refused.Message));
        }
        catch (OperationCanceledException) when (session.Stop.Cause is null)
        {
            throw new SessionFailureException(SessionEnd.Failed(
                FailureMode.WorktreeProvision,
                GitFailures.Name(GitFailureClass.Network),
                $"the work tree was not there within {session.Settings.WorktreeLimit.TotalMinutes:0} min"));
        }
        finally
        {
            _warnings.AddRange(provisioner.Warnings);
        }

        WorktreeRequest Request() => new()
        {
            SessionId = session.Order.SessionId,
            IssueIdentifier = detail.IssueIdentifier?.Trim() ?? "",
            Repository = detail.Repository ?? "",
            Ref = detail.Ref?.Trim() ?? "",
            Branch = session.Order.Branch,
            Checkout = detail.Project ?? new(),
            SeedPath = detail.SeedPath ?? "",
            ProtectedPatterns = session.Rules.ProtectedBranches,
        };
    }

    private async Task<Prompts.PromptFacts> Gather(SessionOutcome outcome, AgentDesk desk)
    {
        session.Journal.Enter(SessionPhase.Prompting);
        var began = session.Clock.GetTimestamp();
        using var bound = new CancellationTokenSource(session.Settings.PromptingLimit, session.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(session.Stop.Requested, bound.Token);
        try
        {
            var facts = await PromptMaterial.Gather(session, outcome, desk, ending.Token);
            if (session.Clock.GetElapsedTime(began) > session.Settings.PromptingLimit)
                await bound.CancelAsync(); // late, though nothing was left to be cancelled
            ending.Token.ThrowIfCancellationRequested();
            return facts;
        }
        catch (OperationCanceledException) when (session.Stop.Cause is null)
        {
            throw new SessionFailureException(
                FailureMode.PromptRender, $"the prompt could not be put together within {session.Settings.PromptingLimit.TotalSeconds:0} s");
        }
    }

    private WorktreeState Describe(WorktreeState state, Worktree tree) => state with
    {
        SessionId = session.Order.SessionId,
        IssueId = session.Order.Detail.IssueId ?? "",
        IssueIdentifier = session.Order.Detail.IssueIdentifier?.Trim() ?? "",
        ProviderName = session.Order.Provider,
        WorkType = session.Order.WorkType,
        WorkerId = session.Order.Detail.WorkerId,
        CurrentStep = session.Journal.Phase,
        AttemptCount = state.AttemptCount + 1,
        StartedAt = state.StartedAt == 0 ? _startedAt.ToUnixTimeMilliseconds() : state.StartedAt,
        Pid = session.Identity.Pid,
        ProcessGroup = session.Identity.Group,
        ExitReason = null,
        Branch = tree.Branch,
        BaseRef = tree.BaseRef,
        BaseSha = tree.BaseSha,
        RemoteBranchSha = tree.RemoteBranchSha.Length > 0 ? tree.RemoteBranchSha : null,
        DefaultBranch = tree.DefaultBranch.Length > 0 ? tree.DefaultBranch : null,
    };

    private async Task Converse(IAgentProvider provider, AgentRequest request, SessionOutcome outcome, SessionLimits limits)
    {
        using var step = SessionTrace.Begin("run agent");
        step.SetTag("donmai.provider", provider.Name);
        await using var conversation = new AgentConversation(session, provider, request, outcome, limits);
        try
        {
            await conversation.Run(ResumePoint.Of(session, provider, _former, _seen, _warnings));
        }
        finally
        {
            if (session.Stop.Cause is { } cause)
            {
                session.Journal.Enter(SessionPhase.Stopping, $"stopping {provider.Name}");
                // Nothing more comes from the agent, and whoever waits for the end does not wait for one after the other.
                var activity = cause.IsHurried ? session.Link.CloseActivity() : Task.CompletedTask;
                outcome.AgentsAlive = (await conversation.Stop()).Alive;
                await activity;
            }
        }
    }
}
