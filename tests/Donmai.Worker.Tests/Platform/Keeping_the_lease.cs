using Donmai.Worker.Platform;
using Donmai.Worker.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Worker.Tests.Platform;

public sealed class Keeping_the_lease : IAsyncDisposable
{
    private readonly FakePlatform _platform = new();
    private readonly HastyClock _clock = new() { LimitsFrom = TimeSpan.FromSeconds(30.5) };
    private readonly SessionStop _stop = new();
    private readonly PlatformConnection _connection;
    private SessionLease? _lease;

    public Keeping_the_lease() =>
        _connection = new PlatformConnection(FakePlatform.Url, new RuntimeCredentials("wkr_1", "rt-1"), credentials: null, _platform, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        if (_lease is not null)
            await _lease.DisposeAsync();
        _connection.Dispose();
        _platform.Dispose();
        _stop.Dispose();
    }

    [Fact, Trait("spec", "PA-25")]
    public async Task Three_failed_refreshes_in_a_row_lose_the_session()
    {
        _platform.Always("lock-refresh", 200, "{}");
        await Begin(Lease("issue-1"));
        await Lost();
        _platform.Requests.Count.ShouldBe(3);
    }

    [Fact, Trait("spec", "PA-25")]
    public async Task A_success_between_makes_good_what_failed_before()
    {
        _platform.Answers("lock-refresh", 2, 200, "{}").Answers("lock-refresh", 1, 204, "").Answers("lock-refresh", 2, 200, "{}").Answers("lock-refresh", 1, 200, """{"refreshed":true}""");
        await Begin(Lease("issue-1"));
        await Deadline.Until(() => _platform.Requests.Count >= 8, "the refreshes");
        _stop.Cause.ShouldBeNull();
        _platform.Requests[0].Body.ShouldBe("""{"workerId":"wkr_1","issueId":"issue-1"}""");
    }

    [Fact, Trait("spec", "PA-25")]
    public async Task A_session_that_twice_is_somebody_else_s_is_lost_at_once()
    {
        _platform.Always("lock-refresh", 200, """{"refreshed":false}""");
        await Begin(Lease("issue-1"));
        await Lost();
        _platform.Requests.Count.ShouldBe(2);
    }

    [Fact, Trait("spec", "PA-25")]
    public async Task A_single_refusal_loses_nothing()
    {
        _platform.Answers("lock-refresh", 1, 200, """{"refreshed":false}""");
        await Begin(Lease("issue-1"));
        await Deadline.Until(() => _platform.Requests.Count >= 5, "the refreshes");
        _stop.Cause.ShouldBeNull();
    }

    [Fact]
    public async Task A_platform_that_is_away_costs_the_session_only_after_its_lease()
    {
        _platform.IsAway("lock-refresh");
        await Begin(Lease("issue-1", hasty: true));
        await Lost();
        _clock.Waits.Count(static wait => wait == TimeSpan.FromSeconds(30)).ShouldBeInRange(20, 40, "a quarter of an hour of refreshes every half minute");
    }

    [Fact]
    public async Task A_platform_that_says_stop_is_obeyed()
    {
        _platform.Answers("lock-refresh", 1, 200, """{"refreshed":true,"stop":true}""");
        await Begin(Lease("issue-1"));
        await Deadline.Until(() => _stop.Cause is not null, "the stop");
        _stop.Cause!.ExitReason.ShouldBe("stop-requested");
    }

    [Fact]
    public async Task A_platform_that_says_stop_only_the_second_time_is_obeyed_too()
    {
        _platform.Answers("lock-refresh", 1, 200, """{"refreshed":false}""").Answers("lock-refresh", 1, 200, """{"refreshed":false,"stop":true}""");
        await Begin(Lease("issue-1"));
        await Deadline.Until(() => _stop.Cause is not null, "the stop");
        _stop.Cause!.ExitReason.ShouldBe("stop-requested");
    }

    [Fact, Trait("spec", "WK-17")]
    public async Task Without_an_issue_there_is_no_lock()
    {
        await Lease("").Start();
        await _lease!.DisposeAsync();
        _platform.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_taken_once_and_let_go_once()
    {
        await Begin(Lease("issue-1"));
        await Should.ThrowAsync<InvalidOperationException>(() => _lease!.Start());
        await _lease!.DisposeAsync();
        var asked = _platform.Requests.Count;
        await Task.Yield();
        _platform.Requests.Count.ShouldBe(asked);
        _lease = null;
    }

    /// <summary>A session that is to stop already need not be told that its lease was taken.</summary>
    private async Task Begin(SessionLease lease)
    {
        try
        {
            await lease.Start();
        }
        catch (OperationCanceledException) when (_stop.Cause is not null)
        {
            return;
        }
    }

    private async Task Lost()
    {
        await Deadline.Until(() => _stop.Cause is not null, "the loss");
        (_stop.Cause!.Status, _stop.Cause.FailureMode, _stop.Cause.ExitReason).ShouldBe(("failed", "lost-ownership", "lost-ownership"));
    }

    private SessionLease Lease(string issueId, bool hasty = false)
    {
        var connection = hasty
            ? new PlatformConnection(FakePlatform.Url, new RuntimeCredentials("wkr_1", "rt-1"), credentials: null, _platform, new HastyClock { LimitsFrom = TimeSpan.FromSeconds(20) })
            : _connection;
        return _lease = new SessionLease(connection, "s-1", issueId, _stop, _clock, NullLogger.Instance);
    }
}
