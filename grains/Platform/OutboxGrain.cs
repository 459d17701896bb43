using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Donmai.Platform;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Donmai.Grains.Platform;

/// <summary>
/// Delivers what workers could not (worker.md §1.8, §2.9). Everything durable is in the record directories; here is only what is due, so whatever the
/// daemon did not get to is found by its next <see cref="Begin"/>.
/// </summary>
[Reentrant, KeepAlive]
internal sealed partial class OutboxGrain(
    OutboxStore store, OutboxCarrier carrier, IDaemonConfiguration configuration, TimeProvider clock, Random random, ILogger<OutboxGrain> logger)
    : Grain, IOutboxGrain
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly SortedSet<string> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionLeavings> _unreported = new(StringComparer.Ordinal);
    private IGrainTimer? _timer;
    private DateTimeOffset? _nextAttemptAt;
    private TimeSpan _wait = FirstWait;
    private string? _lastError;
    private bool _isBegun;
    private bool _isDelivering;
    private bool _isWantedSoon;
    private int _deliveredNow;

    private IRegistrationGrain Registration => GrainFactory.GetGrain<IRegistrationGrain>(this.GetPrimaryKeyString());

    public async Task Begin()
    {
        if (_isBegun)
            return;
        _isBegun = true;
        foreach (var record in await Task.Run(store.Waiting))
            _records.Add(record);
        if (_records.Count > 0)
            Found(_records.Count);
        DeliverIn(TimeSpan.Zero);
    }

    public Task End()
    {
        _isBegun = false;
        Rest();
        return Task.CompletedTask;
    }

    public async Task Collect(SessionLeavings leavings)
    {
        await Report(leavings);
        _records.Add(leavings.RecordPath);
        if (_nextAttemptAt is null)
            DeliverIn(TimeSpan.Zero);
    }

    public Task DeliverSoon()
    {
        if (_isDelivering || _nextAttemptAt is not null)
        {
            _wait = FirstWait;
            DeliverIn(TimeSpan.Zero);
        }

        return Task.CompletedTask;
    }

    public async Task<OutboxList> List() => new()
    {
        Items = await Task.Run(store.Rows),
        LastError = _lastError,
        NextAttemptAt = _nextAttemptAt,
    };

    public async Task<OutboxRetry> Retry(string? id)
    {
        var retried = id is not null ? await TryAgain(id)
            : (await Task.Run(store.Rows)).Where(static row => row.State == OutboxRow.Waiting).Sum(static row => row.Count);
        _wait = FirstWait;
        DeliverIn(TimeSpan.Zero);
        return new OutboxRetry { Retried = retried };
    }

    public async Task<OutboxDiscard> Discard(string id) =>
        await Task.Run(() => store.Discard(id)) is > 0 and var discarded
            ? new OutboxDiscard { Discarded = discarded }
            : throw new OutboxItemNotFoundException(id);

    private async Task<int> TryAgain(string id)
    {
        var (records, count) = await Task.Run(() => store.TryAgain(id));
        _records.UnionWith(records);
        return count > 0 ? count : throw new OutboxItemNotFoundException(id);
    }

    // What cannot be written now is written before the next attempt; only a daemon that dies meanwhile forgets it.
    private async Task Report(SessionLeavings leavings)
    {
        try
        {
            var platformUrl = configuration.Current.OrchestratorUrl.TrimEnd('/');
            if (await Task.Run(() => store.Report(leavings, platformUrl)))
                ReportedInPlace(leavings.SessionId, leavings.Reason);
            _unreported.Remove(leavings.SessionId);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            _unreported[leavings.SessionId] = leavings;
            NotReported(refused, leavings.SessionId);
        }
    }

    private void DeliverIn(TimeSpan wait)
    {
        _isWantedSoon = _isDelivering; // what is under way is not cut off
        if (_isDelivering || !_isBegun)
            return;
        Rest();
        _nextAttemptAt = clock.GetUtcNow() + wait;
        _timer = this.RegisterGrainTimer(
            Deliver, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    private void Rest()
    {
        _timer?.Dispose();
        (_timer, _nextAttemptAt) = (null, null);
    }

    private async Task Deliver(CancellationToken cancellationToken)
    {
        (_isDelivering, _isWantedSoon, _nextAttemptAt, _deliveredNow) = (true, false, null, 0);
        try
        {
            foreach (var leavings in _unreported.Values.ToList())
                await Report(leavings);
            if (await DeliverAll(cancellationToken))
                _wait = FirstWait;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            _lastError = failure.Message;
            RoundFailed(failure); // what waits is on disk
        }
        finally
        {
            _isDelivering = false;
        }

        if (_records.Count == 0 && _unreported.Count == 0)
            return;
        if (_isWantedSoon || _deliveredNow > 0)
        {
            // Somebody is there: what one request missed is not made to wait for.
            _wait = FirstWait;
            DeliverIn(TimeSpan.Zero);
            return;
        }

        DeliverIn(_wait * (0.8 + (0.4 * random.NextDouble())));
        _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
    }

    /// <returns>Whether nothing stood in the way.</returns>
    private async Task<bool> DeliverAll(CancellationToken cancellationToken)
    {
        if (_records.Count == 0)
            return true;
        if (await Registration.Credentials() is not { IsStub: false } credentials)
        {
            _lastError = "the daemon is not registered at a platform";
            return false;
        }

        _lastError = null;
        foreach (var record in _records.ToList())
            if (!await Deliver(record, credentials, cancellationToken))
                break; // nobody is there
        return _lastError is null;
    }

    /// <returns>Whether somebody was there.</returns>
    private async Task<bool> Deliver(string record, PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        _records.Remove(record); // what is collected meanwhile is not forgotten by it
        var isLeft = true;
        try
        {
            if (await Task.Run(() => OutboxStore.IsHeld(record), cancellationToken))
                return true; // a new worker of that session delivers it
            var round = await Task.Run(
                () => carrier.Deliver(record, credentials.PlatformUrl, _ => ValueTask.FromResult(PlatformAccess.Of(credentials)), cancellationToken),
                cancellationToken);
            _deliveredNow += round.Delivered;
            if (round.Delivered > 0)
                Delivered(round.Delivered, record);
            isLeft = round.Left > 0;
            if (round.Trouble is not { } trouble)
                return true;
            _lastError = trouble.Message;
            NotDelivered(record, trouble.Message);
            if (trouble.StatusCode == 401)
                await Registration.Recover(new PlatformRejection
                {
                    Path = "outbox",
                    StatusCode = 401,
                    Reason = trouble.Message,
                    WorkerId = credentials.WorkerId,
                    RuntimeToken = credentials.RuntimeToken,
                });
            return trouble.StatusCode is not (null or 401);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            _lastError = refused.Message;
            NotDelivered(record, refused.Message);
            return true;
        }
        finally
        {
            if (isLeft)
                _records.Add(record);
        }
    }
}
