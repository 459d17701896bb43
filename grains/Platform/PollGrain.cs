using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Donmai.Core.Platform.Wire;
using Donmai.Platform;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Donmai.Grains.Platform;

/// <summary>
/// Fetches work of one machine (platform-api.md §7). While no work would be accepted the platform is not asked: that is the only way to decline it.
/// Interleaves, so that nobody who asks how it stands waits for the network.
/// </summary>
[Reentrant, KeepAlive]
internal sealed partial class PollGrain(
    PlatformClient platform,
    IDaemonConfiguration configuration,
    PlatformCadence cadence,
    LoopMetrics metrics,
    TimeProvider clock,
    ILogger<PollGrain> logger) : Grain, IPollGrain
{
    private static readonly JsonText Nothing = new("null");

    private readonly RareWarnings _warnings = new(clock);
    private readonly RepositoryTokens _tokens = new(clock);
    private PlatformLoop? _loop;
    private WorkDispatch? _dispatch;
    private WorkReturn? _return;
    private QueuedFiles? _files;
    private PollStanding _standing = new();
    private bool _isStub;

    private string Machine => this.GetPrimaryKeyString();

    private IRegistrationGrain Registration => GrainFactory.Registration(Machine);

    private PlatformLoop Loop => _loop ??= new PlatformLoop(this, clock, Poll);

    private WorkDispatch Dispatch => _dispatch ??= new WorkDispatch(Machine, GrainFactory, configuration, metrics, clock, logger);

    private QueuedFiles Files => _files ??= new QueuedFiles(Machine, GrainFactory, Dispatch, clock, logger);

    private WorkReturn Return => _return ??= new WorkReturn(Registration, platform, metrics, clock, logger);

    public Task Begin()
    {
        Loop.Begin();
        return Task.CompletedTask;
    }

    public Task End() => Loop.End();

    public Task PollSoon()
    {
        Loop.Soon();
        return Task.CompletedTask;
    }

    public Task<PollStanding> Standing() => Task.FromResult(_standing with
    {
        Running = Loop.IsActive && !_isStub && configuration.Current.OrchestratorUrl.Length > 0,
        QueueDepth = Dispatch.Waiting,
        Accepted = Dispatch.Accepted,
        Refused = Dispatch.Refused,
        Repeated = Dispatch.Repeated,
    });

    public Task<string?> GitToken(string cloneSource) => Task.FromResult(_tokens.For(cloneSource));

    /// <summary>One poll.</summary>
    /// <returns>The wait until the next one.</returns>
    private async Task<TimeSpan> Poll(CancellationToken cancellationToken)
    {
        var url = configuration.Current.OrchestratorUrl;
        if (QueueDirectory.DirectoryOf(url) is { } directory)
            return await Look(directory);
        if (url.Length == 0)
            return PlatformCadence.LongestInterval; // the registration tells when there is one
        var credentials = await Registration.Credentials();
        var interval = PlatformCadence.Interval(credentials?.PollIntervalMs ?? 0, PlatformCadence.DefaultPoll);
        _isStub = credentials is { IsStub: true };
        _standing = _standing with { IntervalMs = (int)interval.TotalMilliseconds };
        if (credentials is null || _isStub)
            return _isStub ? cadence.Wait(interval, failures: 0) : HeartbeatGrain.WithoutCredentials;
        await Return.Give([]);
        _standing = _standing with { Skipped = await ReasonToSkip() };
        if (_standing.Skipped is null)
            await Ask(credentials, cancellationToken);
        return cadence.Wait(interval, _standing.Failures);
    }

    /// <summary>A look into the directory that stands in for a platform.</summary>
    private async Task<TimeSpan> Look(string directory)
    {
        _standing = _standing with { IntervalMs = (int)QueuedFiles.Interval.TotalMilliseconds };
        try
        {
            await Files.Look(directory);
            WasAnswered();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            WasNotAnswered(failure.Message);
        }

        return cadence.Wait(QueuedFiles.Interval, _standing.Failures);
    }

    private async Task<string?> ReasonToSkip()
    {
        var (asking, beats) = (GrainFactory.Spawner(Machine).Admission(), GrainFactory.Heartbeat(Machine).Beats());
        await Task.WhenAll(asking, beats);
        return await asking switch
        {
            { Accepting: false } => "no work is accepted (starting, paused or draining)",
            { Active: var active, Maximum: var maximum } when active >= maximum => $"at capacity ({active}/{maximum} sessions)",
            _ when (await beats).ClaimingSuspended => $"the platform says of this host: {(await beats).HostStatus?.Status}",
            _ => null,
        };
    }

    private async Task Ask(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        try
        {
            var answer = await platform.Poll(PlatformAccess.Of(credentials), cancellationToken);
            metrics.Poll(clock.GetElapsedTime(began), succeeded: true);
            WasAnswered();
            await Take(answer);
        }
        catch (PlatformException failure)
        {
            metrics.Poll(clock.GetElapsedTime(began), succeeded: false);
            WasNotAnswered(failure.Message);
            if (PlatformRefusal.Of(failure, "poll", credentials) is { } rejection)
                await Registration.Recover(rejection).WaitAsync(cancellationToken); // the next poll uses what comes of it
        }
    }

    private void WasAnswered()
    {
        _warnings.Reset();
        _standing = _standing with { LastSuccessAt = clock.GetUtcNow(), Failures = 0, LastError = null };
    }

    private void WasNotAnswered(string error)
    {
        _standing = _standing with { Failures = _standing.Failures + 1, LastError = error };
        if (_warnings.IsDue(error))
            NotAnswered(error);
    }

    private async Task Take(PollAnswer answer)
    {
        var work = (answer.Work ?? []).ConvertAll(static item => item ?? Nothing);
        if (answer is { PreClaimed: true, ClaimedSessionIds: { } claimed })
            foreach (var stray in work.Select(FetchedWork.IdOf).Where(static id => id.Length > 0).Except(claimed, StringComparer.Ordinal))
                NotClaimed(stray);
        if (_tokens.Take(answer.GitCredentials) is > 0 and var unusable) // first: the work's workers ask for them at once
            CredentialsUnusable(unusable);
        var dispatched = await Dispatch.Take(work);
        Return.Keep(dispatched.Running);
        await Return.Give(dispatched.Refused);
        await Deliver(answer.InboxMessages);
    }

    private async Task Deliver(JsonText? messages)
    {
        var bySession = InboxReading.Read(messages, out var malformed);
        if (malformed > 0)
            MessagesMalformed(malformed);
        foreach (var (sessionId, ofSession) in bySession)
        {
            try
            {
                await GrainFactory.Session(sessionId).Deliver(ofSession);
                Delivered(ofSession.Count, sessionId);
            }
            catch (SessionNotFoundException)
            {
                NobodyThere(ofSession.Count, sessionId);
            }
            catch (Exception failure)
            {
                NotDelivered(failure, ofSession.Count, sessionId); // the others have theirs
            }
        }
    }
}
