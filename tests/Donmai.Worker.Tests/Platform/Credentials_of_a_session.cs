using Donmai.Sessions;
using Donmai.Worker.Platform;
using Donmai.Worker.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Worker.Tests.Platform;

public sealed class Credentials_of_a_session : IAsyncDisposable
{
    private readonly Daemon _daemon = new();
    private readonly HastyClock _clock = new() { LimitsFrom = TimeSpan.FromSeconds(1.5) };
    private readonly LatestDetail _latest;
    private readonly SessionCredentials _credentials;

    public Credentials_of_a_session()
    {
        _latest = new LatestDetail(_daemon, new SessionDetail { SessionId = "s-1", WorkerId = "wkr_1", AuthToken = "rt-1" }, _clock, NullLogger.Instance);
        _credentials = new SessionCredentials(_latest, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _latest.DisposeAsync();
        _daemon.Dispose();
    }

    [Fact, Trait("spec", "WK-3")]
    public async Task Only_values_that_are_there_replace_what_is_known()
    {
        _daemon.Says = new SessionDetail { WorkerId = "", AuthToken = "rt-2" };
        _clock.Advance(TimeSpan.FromSeconds(6));
        (await Read()).ShouldBe(("wkr_1", "rt-2"));
        _daemon.Says = new SessionDetail { WorkerId = "wkr_2" };
        _clock.Advance(TimeSpan.FromSeconds(6));
        (await Read()).ShouldBe(("wkr_2", "rt-2"));
    }

    [Fact, Trait("spec", "WK-3")]
    public async Task A_daemon_that_fails_leaves_what_is_known()
    {
        _daemon.Says = null;
        _clock.Advance(TimeSpan.FromSeconds(6));
        (await Read()).ShouldBe(("wkr_1", "rt-1"));
        _daemon.Asked.ShouldBe(1);
        (await Read()).ShouldBe(("wkr_1", "rt-1"));
        _daemon.Asked.ShouldBe(1, "it is asked at most every five seconds");
    }

    [Fact]
    public async Task A_token_that_was_refused_is_asked_for_at_once()
    {
        _daemon.Says = new SessionDetail { AuthToken = "rt-2" };
        (await Read()).ShouldBe(("wkr_1", "rt-1"));
        _daemon.Asked.ShouldBe(0);
        _credentials.Rejected();
        (await Read()).ShouldBe(("wkr_1", "rt-2"));
        _daemon.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task A_daemon_that_hangs_delays_no_request_for_long()
    {
        _daemon.Hangs = true;
        _clock.Advance(TimeSpan.FromSeconds(6));
        (await Read().WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(("wkr_1", "rt-1"));
    }

    private async Task<(string, string)> Read()
    {
        var read = await _credentials.Read(CancellationToken.None);
        read.ToString().ShouldNotContain(read.AuthToken);
        return (read.WorkerId, read.AuthToken);
    }

    private sealed class Daemon : ISessionDetailSource
    {
        public SessionDetail? Says { get; set; } = new();

        public bool Hangs { get; set; }

        public int Asked { get; private set; }

        public async Task<SessionDetail> Read(TimeSpan attemptTimeout, CancellationToken cancellationToken)
        {
            Asked++;
            if (Hangs)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return Says ?? throw new PreflightException("the daemon is away");
        }

        public Task<string?> Acknowledge(string deliveryId, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
