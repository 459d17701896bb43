using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Donmai.Core.Platform.Wire;
using Donmai.Platform;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Donmai.Grains.Platform;

/// <summary>
/// The heartbeat of one machine (platform-api.md §6). One beat is under way at a time; what the platform asks for in an answer is done before the
/// next. Interleaves, so that nobody who asks how it stands waits for the network.
/// </summary>
[Reentrant, KeepAlive]
internal sealed partial class HeartbeatGrain(
    PlatformClient platform,
    IDaemonConfiguration configuration,
    IConfigurationFile file,
    IMachineCapabilities capabilities,
    IMachineLoad load,
    HostFacts host,
    PlatformCadence cadence,
    LoopMetrics metrics,
    TimeProvider clock,
    ILogger<HeartbeatGrain> logger) : Grain, IHeartbeatGrain
{
    /// <summary>Missed beats after which the platform is said to be unreachable (platform-api.md §6.8).</summary>
    internal const int MissedUntilUnreachable = 3;

    /// <summary>Looks for credentials while there are none, should the registration's word of them be lost.</summary>
    internal static readonly TimeSpan WithoutCredentials = TimeSpan.FromSeconds(5);

    private readonly AllowlistSending _sending = new();
    private readonly RareWarnings _warnings = new(clock);
    private readonly RareWarnings _unreadable = new(clock);
    private PlatformLoop? _loop;
    private RemoteChanges? _changes;
    private Heartbeat _last = new();
    private HeartbeatStanding _beats = new();
    private IReadOnlyList<string>? _advertised;
    private IReadOnlyList<ProjectConfiguration>? _reported;
    private AllowlistReport _report = AllowlistReport.Of([]);
    private long? _notAdvertised;
    private DateTimeOffset? _sentAt;
    private bool _isStub;
    private bool _ending;

    private string Machine => this.GetPrimaryKeyString();

    private IRegistrationGrain Registration => GrainFactory.Registration(Machine);

    private bool IsBeating => Loop.IsActive && configuration.Current.OrchestratorUrl.Length > 0;

    private PlatformLoop Loop => _loop ??= new PlatformLoop(this, clock, Beat);

    private RemoteChanges Changes => _changes ??= new RemoteChanges(GrainFactory, file, configuration, TakeHostStatus, logger);

    public async Task<Heartbeat> Last() => IsBeating
        ? _last with { Beats = await Beats(), Polls = await GrainFactory.Polling(Machine).Standing() }
        : _last;

    public async Task<RegistrationStats> Standing() => new()
    {
        Status = _last.Status.Length > 0 ? _last.Status : null,
        LastHeartbeatAt = _sentAt,
        HeartbeatRunning = IsBeating,
        PollRunning = (await GrainFactory.Polling(Machine).Standing()).Running,
    };

    public Task Begin()
    {
        _ending = false;
        Loop.Begin();
        return Task.CompletedTask;
    }

    public async Task End()
    {
        if (!Loop.IsActive)
            return;
        await Loop.End();
        _ending = true;
        await Beat(CancellationToken.None);
    }

    public Task BeatSoon()
    {
        Loop.Soon();
        return Task.CompletedTask;
    }

    public Task<HeartbeatStanding> Beats() => Task.FromResult(_beats with
    {
        Running = IsBeating && !_isStub,
        ClaimingSuspended = HostStatusRules.SuspendsClaiming(_beats.HostStatus?.Status),
    });

    /// <summary>One beat.</summary>
    /// <returns>The wait until the next one.</returns>
    private async Task<TimeSpan> Beat(CancellationToken cancellationToken)
    {
        if (configuration.Current.OrchestratorUrl.Length == 0)
            return PlatformCadence.LongestInterval; // the registration tells when there is one
        var credentials = await Registration.Credentials();
        var interval = PlatformCadence.Interval(credentials?.HeartbeatIntervalMs ?? 0, PlatformCadence.DefaultHeartbeat);
        _beats = _beats with { IntervalMs = (int)interval.TotalMilliseconds };
        _isStub = credentials is { IsStub: true };
        if (credentials is null || _isStub)
        {
            await Compose(credentials?.WorkerId ?? "");
            return credentials is null ? WithoutCredentials : cadence.Wait(interval, failures: 0);
        }

        var began = clock.GetTimestamp();
        try
        {
            await Send(await AdvertiseAnew(cancellationToken) ?? credentials, cancellationToken);
            metrics.Beat(clock.GetElapsedTime(began), succeeded: true);
            var isBack = _beats.Missed > 0;
            WasHeard();
            if (isBack)
                await GrainFactory.Outbox(Machine).DeliverSoon();
        }
        catch (PlatformException failure)
        {
            metrics.Beat(clock.GetElapsedTime(began), succeeded: false);
            WasMissed(failure.Message);
        }

        return cadence.Wait(interval, _beats.Missed);
    }

    /// <summary>Sends a beat; once more with other credentials when these are refused.</summary>
    private async Task Send(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            await SendOnce(credentials, cancellationToken);
        }
        catch (PlatformException failure) when (!_ending && PlatformRefusal.Of(failure, "heartbeat", credentials) is { } rejection)
        {
            var recovery = await Registration.Recover(rejection).WaitAsync(cancellationToken);
            if (recovery.Credentials is not { IsStub: false } fresh)
                throw;
            await SendOnce(fresh, cancellationToken);
        }
    }

    private async Task SendOnce(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var report = await Compose(credentials.WorkerId);
        var beat = Request(credentials.WorkerId, report);
        var answer = await platform.Heartbeat(PlatformAccess.Of(credentials), beat, cancellationToken);
        _sending.Acknowledged(credentials.WorkerId, report, beat.Allowlist is not null);
        Changes.Acknowledged(beat);
        if (answer.Unreadable is { } unreadable && _unreadable.IsDue(unreadable))
            NotUnderstood(unreadable);
        if (answer.HostStatus is { } status)
            TakeHostStatus(status);
        if (answer.PendingMutations is { Count: > 0 } changes && await Changes.Apply(changes))
            Loop.Soon(); // the platform hears of it at once
    }

    /// <summary>Composes the local payload.</summary>
    /// <returns>The allowlist that it was composed with.</returns>
    private async Task<AllowlistReport> Compose(string workerId)
    {
        var (admission, state) = (GrainFactory.Spawner(Machine).Admission(), GrainFactory.Daemon(Machine).State());
        await Task.WhenAll(admission, state);
        var report = Report();
        _sentAt = clock.GetUtcNow();
        _last = new Heartbeat
        {
            WorkerId = workerId,
            Hostname = host.Hostname.Length > 0 ? host.Hostname : Machine,
            Status = _ending ? HeartbeatStatus.Draining : HeartbeatStatus.Of(await state, await admission),
            SentAt = TextTimestamp.ToText(_sentAt.Value),
            ActiveSessions = (await admission).Active,
            MaxSessions = (await admission).Maximum,
            Region = configuration.Current.Region is { Length: > 0 } region ? region : null,
            AllowlistHash = report.Hash,
            Allowlist = _sending.IsDue(workerId, report) ? report.Entries : null,
        };
        return report;
    }

    private HeartbeatRequest Request(string workerId, AllowlistReport report) => new()
    {
        ActiveCount = _last.ActiveSessions,
        MaxSessions = _last.MaxSessions,
        Status = _last.Status,
        Load = load.Use(),
        LoadAverage = load.Averages(),
        AllowlistHash = report.Hash,
        Allowlist = _sending.IsDue(workerId, report) ? report.Entries : null,
        AppliedMutations = Changes.Applied,
        MutationFailures = Changes.Failures,
    };

    /// <summary>
    /// What only a registration tells is told anew when it has changed: what the machine can do (daemon-runtime.md §5), and that it has no projects
    /// any more (platform-api.md §6.3).
    /// </summary>
    /// <returns>The credentials of the new registration; <see langword="null"/> when none was due or it failed.</returns>
    private async Task<PlatformCredentials?> AdvertiseAnew(CancellationToken cancellationToken)
    {
        if (_notAdvertised is { } failed && clock.GetElapsedTime(failed) < RegistrationBackoff.AfterRefusal)
            return null;
        var kinds = await capabilities.Kinds();
        var isEmptied = _sending.IsEmptied(Report());
        if (_ending || (!isEmptied && (_advertised ??= kinds).SequenceEqual(kinds)))
            return null;
        if ((await Registration.Register().WaitAsync(cancellationToken)).LastError is not null)
        {
            _notAdvertised = clock.GetTimestamp();
            return null;
        }

        (_advertised, _notAdvertised) = (kinds, null);
        _sending.Forget();
        return await Registration.Credentials();
    }

    private AllowlistReport Report()
    {
        var projects = configuration.Current.Projects;
        if (!ReferenceEquals(projects, _reported))
            (_reported, _report) = (projects, AllowlistReport.Of(projects));
        return _report;
    }

    private void TakeHostStatus(HostStatusDetail status)
    {
        var before = _beats.HostStatus;
        _beats = _beats with { HostStatus = status };
        if (status.Status != before?.Status && (before is not null || HostStatusRules.SuspendsClaiming(status.Status)))
            HostStatusIs(status.Status, status.RecommendedAction);
    }

    private void WasHeard()
    {
        if (_beats.Unreachable)
            ReachableAgain(_beats.Missed);
        _warnings.Reset();
        _beats = _beats with { LastSuccessAt = clock.GetUtcNow(), Missed = 0, Unreachable = false, LastError = null };
    }

    private void WasMissed(string error)
    {
        _beats = _beats with { Missed = _beats.Missed + 1, LastError = error, Unreachable = _beats.Missed + 1 >= MissedUntilUnreachable };
        if (_beats.Missed == MissedUntilUnreachable)
            Unreachable(_beats.Missed, error);
        else if (_warnings.IsDue(error))
            NotHeard(error);
    }
}
