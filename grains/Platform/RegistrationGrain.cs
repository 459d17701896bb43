using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Donmai.Platform;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

/// <summary>
/// The registration of one machine (platform-api.md §2–§5, §13). One turn at a time, so that whatever is refused is made good once: whoever comes
/// later finds what came of it. Credentials are in memory and in the cache of <see cref="Registrar"/>, nowhere else.
/// </summary>
[KeepAlive]
internal sealed partial class RegistrationGrain(
    Registrar registrar,
    IDaemonConfiguration configuration,
    DaemonVariables variables,
    Random random,
    TimeProvider clock,
    ILogger<RegistrationGrain> logger) : Grain, IRegistrationGrain, IDisposable
{
    /// <summary>Least time between two full registrations that recoveries ask for (platform-api.md §14).</summary>
    private static readonly TimeSpan RegistrationFloor = TimeSpan.FromSeconds(60);

    /// <summary>Least time between two refreshes ahead of time, whatever lives tokens are given.</summary>
    private static readonly TimeSpan RefreshFloor = TimeSpan.FromSeconds(10);

    private readonly RegistrationBackoff _backoff = new(random);
    private readonly CancellationTokenSource _ending = new();
    private PlatformTarget? _target;
    private PlatformRegistration? _registration;
    private PlatformStanding _standing = new();
    private long? _registeredAt;
    private bool _registersAnew;
    private bool _refreshesAhead = true;
    private RegistrationStep? _step;
    private RegistrationNews? _news;

    private string Machine => this.GetPrimaryKeyString();

    private RegistrationStep Due => _step ??= new RegistrationStep(this, clock, Step, logger);

    private PlatformStanding Shown => _standing with { NextAttemptAt = Due.At };

    private bool IsForgotten => _standing.State == RegistrationState.Forgotten;

    public Task Begin()
    {
        if (_target is not null || _ending.IsCancellationRequested)
            return Task.CompletedTask;
        _news = new RegistrationNews(this.AsReference<IRegistrationGrain>(), logger);
        _news.Begin(configuration);
        Decide(PlatformTarget.Of(configuration.Current, variables));
        return Task.CompletedTask;
    }

    public Task End()
    {
        _ending.Cancel();
        Due.End();
        return _news?.End() ?? Task.CompletedTask;
    }

    public Task<PlatformCredentials?> Credentials() => Task.FromResult(_registration?.Credentials);

    public async Task<PlatformRecovery> Recover(PlatformRejection rejection)
    {
        var reason = RejectionReason.Of(rejection.StatusCode, rejection.Reason);
        Rejected(rejection.Path, reason, rejection.StatusCode);
        if (_target is not { Mode: PlatformMode.Real } target || _registration?.Credentials is not { } current)
            return Failed(reason, "this machine is not registered");
        if (rejection.WorkerId != current.WorkerId || rejection.RuntimeToken != current.RuntimeToken)
        {
            Coalesced(rejection.Path, current.WorkerId);
            return Recovered(PlatformRecovery.Adopted, reason, rejection);
        }

        RefreshRequested(current.WorkerId, reason);
        try
        {
            Take(target, await registrar.Refresh(target, current, _ending.Token));
            Refreshed(current.WorkerId);
            return Recovered(PlatformRecovery.Refreshed, reason, rejection);
        }
        catch (PermanentPlatformException gone) when (gone.StatusCode is 404 or 405)
        {
            NoRefresh(current.WorkerId, gone.StatusCode);
            return await Replace(target, current, reason, rejection);
        }
        catch (PlatformException failure)
        {
            NotRefreshed(current.WorkerId, failure.Message);
            Note(failure);
            return Failed(reason, failure.Message);
        }
    }

    public Task<PlatformStanding> Standing() => Task.FromResult(Shown);

    public async Task<PlatformStanding> Register()
    {
        if (_target is { Mode: PlatformMode.Real } target && await Enrol(target, _ending.Token) is null)
            await TellOthers();
        else if (_target is { Mode: PlatformMode.Stub } stub && IsForgotten)
            Take(stub, registrar.Stub(stub), RegistrationState.StubSource);
        return Shown;
    }

    public Task<bool> Forget()
    {
        var had = registrar.Forget() || _registration is not null;
        _registration = null;
        Due.Never();
        _standing = new PlatformStanding { Mode = _standing.Mode, Url = _standing.Url, Note = _standing.Note, State = RegistrationState.Forgotten };
        Forgotten();
        return Task.FromResult(had);
    }

    public Task Reconsider()
    {
        var target = PlatformTarget.Of(configuration.Current, variables);
        if (_target is not null && target != _target)
            Decide(target);
        else if (_registration is null && target.Mode is PlatformMode.Real && !IsForgotten)
            Due.In(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _ = End(); // who is told waits for this grain to be gone
        return Task.CompletedTask;
    }

    public void Dispose() => _ending.Dispose();

    /// <summary>Begins anew with another orchestrator, or none. Sessions of the former one keep its credentials until there are others for the same place.</summary>
    private void Decide(PlatformTarget target)
    {
        var keeps = target.Mode is PlatformMode.Real && target.Url == _target?.Url;
        Due.Never();
        (_target, _refreshesAhead, _registeredAt) = (target, true, null);
        if (!keeps)
            _registration = null;
        _standing = RegistrationState.Of(target);
        _backoff.Reset();
        if (target.Mode is PlatformMode.Stub)
            Take(target, registrar.Stub(target), RegistrationState.StubSource);
        else if (target.Mode is PlatformMode.Real && registrar.Cached(target) is { } cached)
            Take(target, cached, RegistrationState.CacheSource);
        else if (_registersAnew = target.Mode is PlatformMode.Real)
            Due.In(TimeSpan.Zero);
        Decided(_standing.Mode, _standing.State, target.Why ?? "");
    }

    /// <summary>The refresh has said that the worker is gone: another's registration, else a new one (platform-api.md §5.2).</summary>
    private async Task<PlatformRecovery> Replace(PlatformTarget target, PlatformCredentials current, string reason, PlatformRejection rejection)
    {
        if (registrar.Sibling(target, current.WorkerId) is { } sibling && await Adopt(target, sibling))
            return Recovered(PlatformRecovery.Adopted, reason, rejection);
        if (_registeredAt is { } last && clock.GetElapsedTime(last) < RegistrationFloor)
        {
            Throttled();
            return Failed(reason, $"registered less than {RegistrationFloor.TotalSeconds:0} s ago; the next try registers again");
        }

        return await Enrol(target, _ending.Token) is { } failure ? Failed(reason, failure.Message) : Recovered(PlatformRecovery.Reregistered, reason, rejection);
    }

    private async Task<bool> Adopt(PlatformTarget target, PlatformCredentials sibling)
    {
        try
        {
            Take(target, await registrar.Refresh(target, sibling, _ending.Token));
            AdoptedSibling(sibling.WorkerId);
            return true;
        }
        catch (PlatformException failure)
        {
            NotRefreshed(sibling.WorkerId, failure.Message);
            return false;
        }
    }

    /// <summary>Registers anew; credentials stay as they are when it fails.</summary>
    /// <returns>Why it failed; <see langword="null"/> when it did not.</returns>
    private async Task<PlatformException?> Enrol(PlatformTarget target, CancellationToken cancellationToken)
    {
        var former = _registration?.Credentials.WorkerId;
        try
        {
            var registration = await registrar.Register(target, cancellationToken);
            _registeredAt = clock.GetTimestamp();
            _refreshesAhead = true;
            Take(target, registration, RegistrationState.RegisterSource);
            Registered(former ?? "", registration.Credentials.WorkerId);
            return null;
        }
        catch (PlatformException failure)
        {
            NotRegistered(former ?? "", failure.Message);
            Note(failure);
            return failure;
        }
    }

    /// <summary>Replaces the token before its time is over (platform-api.md §2), or after trouble. An orchestrator that cannot is not asked again.</summary>
    private async Task RefreshAhead(PlatformTarget target, PlatformCredentials current, CancellationToken cancellationToken)
    {
        try
        {
            Take(target, await registrar.Refresh(target, current, cancellationToken));
            Refreshed(current.WorkerId);
        }
        catch (PermanentPlatformException gone) when (gone.StatusCode is 404 or 405)
        {
            NoRefresh(current.WorkerId, gone.StatusCode);
            _refreshesAhead = false;
            if (_standing.LastError is not null)
                Due.In(RegistrationFloor); // what was in trouble is registered anew
        }
        catch (PlatformException failure)
        {
            NotRefreshed(current.WorkerId, failure.Message);
            Note(failure);
        }
    }

    /// <summary>The step that was due: the registration, or the refresh ahead of its time.</summary>
    private async Task Step(CancellationToken cancellationToken)
    {
        if (_target is not { Mode: PlatformMode.Real } target || IsForgotten)
            return;
        var isTroubled = _standing.LastError is not null;
        if (_registersAnew || _registration is null || (isTroubled && !_refreshesAhead))
        {
            if (await Enrol(target, cancellationToken) is null)
                await TellOthers();
        }
        else if (isTroubled || DueIn(_registration) <= TimeSpan.Zero)
            await RefreshAhead(target, _registration.Credentials, cancellationToken);
        else if (DueIn(_registration) is { } left)
            Due.In(left);
    }

    /// <summary>Nothing waits an interval for credentials that are there.</summary>
    private async Task TellOthers()
    {
        await GrainFactory.Heartbeat(Machine).BeatSoon();
        await GrainFactory.Polling(Machine).PollSoon();
    }

    /// <summary>Puts a registration in force.</summary>
    /// <param name="target">Whose it is.</param>
    /// <param name="registration">The registration.</param>
    /// <param name="source">Where it comes from; <see langword="null"/> when only its token is new.</param>
    private void Take(PlatformTarget target, PlatformRegistration registration, string? source = null)
    {
        _registration = registration;
        _registersAnew = false;
        _backoff.Reset();
        _standing = RegistrationState.In(target, registration, _standing, source, clock.GetUtcNow());
        if (DueIn(registration) is { } left)
            Due.In(source is null && left < RefreshFloor ? RefreshFloor : left);
        else
            Due.Never();
    }

    /// <summary>Notes a failure and when the next step is taken.</summary>
    private void Note(PlatformException failure)
    {
        var wait = failure is PermanentPlatformException ? RegistrationBackoff.AfterRefusal : _backoff.Next((failure as TransientPlatformException)?.RetryAfter);
        _standing = _standing with
        {
            State = failure is PermanentPlatformException ? RegistrationState.Refused : _registration is null ? RegistrationState.Unreachable : _standing.State,
            LastError = failure.Message,
        };
        Due.In(wait);
    }

    private PlatformRecovery Recovered(string mode, string reason, PlatformRejection rejection) => new()
    {
        Mode = mode,
        Reason = reason,
        Credentials = _registration!.Credentials,
        WorkerIdChanged = _registration.Credentials.WorkerId != rejection.WorkerId,
    };

    private static PlatformRecovery Failed(string reason, string error) => new() { Mode = PlatformRecovery.Failed, Reason = reason, Error = error };

    private TimeSpan? DueIn(PlatformRegistration registration) => _refreshesAhead && registration.RefreshAt is { } due ? due - clock.GetUtcNow() : null;
}
