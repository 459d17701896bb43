using System.Diagnostics;
using Donmai.Core.Platform;
using Donmai.Sessions.Events;
using Donmai.Worker.Platform;

namespace Donmai.Worker.Tests.Platform;

public sealed class Posting_activity : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly FakePlatform _platform = new();
    private readonly HastyClock _clock = new();
    private readonly TemporaryDirectory _place = new();

    public void Dispose()
    {
        _platform.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void Its_defaults_are_the_documented_ones()
    {
        var options = Options();
        (options.QueueSize, options.MaxRetries, options.MaxSummaryBytes, options.MaxOutputBytes).ShouldBe((256, 5, 200, 500));
        (options.InitialBackoff, ActivityPosterOptions.DefaultMaxBackoff).ShouldBe((TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5)));
        (ActivityPosterOptions.DefaultAttemptTimeout, ActivityPosterOptions.DefaultStopDrainTimeout).ShouldBe((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2)));
        (options.MaxTextBytes, options.MaxBodyBytes).ShouldBe((32 * 1024, 256 * 1024));
    }

    [Fact]
    public void Without_a_session_or_a_platform_there_is_no_poster()
    {
        Should.Throw<ArgumentException>(() => new ActivityPoster(Options() with { SessionId = " " })).Message.ShouldContain("SessionId");
        Should.Throw<ArgumentException>(() => new ActivityPoster(Options() with { PlatformUrl = "" }));
        Should.Throw<ArgumentException>(() => new ActivityPoster(Options() with { PlatformUrl = "ftp://x" })).Message.ShouldContain("ftp://x");
        Should.Throw<ArgumentException>(() => new ActivityPoster(Options() with { QueueSize = 0 })).Message.ShouldContain("QueueSize must be at least 1");
    }

    [Fact]
    public void Its_options_do_not_tell_the_token() =>
        (Options() with { AuthToken = "rt-secret-1" }).ToString().ShouldNotContain("secret");

    [Fact]
    public async Task Events_arrive_in_order_with_worker_and_token()
    {
        await using var poster = Poster(Options() with { WorkerId = "wkr_1", AuthToken = "rt-1" });
        for (var number = 0; number < 50; number++)
            poster.Send(Use($"{number}"));
        (await poster.Stop()).ShouldBe(new ActivityTally(50, 0, 0));
        _platform.Contents.ShouldBe(Enumerable.Range(0, 50).Select(static number => $"Bash: {number}"));
        var first = _platform.Of("activity")[0];
        (first.Path, first.Token, first.Text("workerId")).ShouldBe(("/base/api/sessions/s-1/activity", "rt-1", "wkr_1"));
        _platform.Of("activity").Select(static asked => asked.Key).Distinct().Count().ShouldBe(50);
    }

    [Fact, Trait("spec", "PA-31")]
    public async Task The_session_runs_once_the_first_activity_is_there()
    {
        _platform.Answers("activity", 1, 422);
        await using var poster = Poster(Options());
        poster.Send(Use("refused"));
        await Until(() => _platform.Of("activity").Count == 1);
        _platform.Of("status").ShouldBeEmpty();
        for (var number = 0; number < 5; number++)
            poster.Send(Use("x"));
        await poster.Stop();
        var status = _platform.Of("status").ShouldHaveSingleItem();
        status.Body.ShouldBe("""{"workerId":"wkr_0","status":"running"}""");
    }

    [Fact, Trait("spec", "PA-31")]
    public async Task A_started_agent_is_told_with_three_attempts_and_not_again()
    {
        _platform.Answers("status", 2, 500);
        await using var poster = Poster(Options());
        poster.AgentStarted();
        await Until(() => _platform.Of("status").Count == 3);
        poster.AgentStarted();
        poster.Send(Use("x"));
        await poster.Stop();
        _platform.Of("status").Count.ShouldBe(3);
    }

    [Fact, Trait("spec", "PA-31")]
    public async Task A_running_that_was_never_heard_is_tried_again_with_the_next_activity()
    {
        _platform.Answers("status", 3, 500);
        await using var poster = Poster(Options());
        poster.AgentStarted();
        await Until(() => _platform.Of("status").Count == 3);
        poster.Send(Use("x"));
        await Until(() => _platform.Of("status").Count >= 4);
        await poster.Stop();
        _platform.Of("status").Count(static asked => asked.Answer == 200).ShouldBe(1);
    }

    [Fact, Trait("spec", "PA-31")]
    public async Task A_running_that_was_never_heard_is_tried_again_after_a_while_by_the_same_name_although_the_agent_is_silent()
    {
        var clock = new StandingClock();
        _platform.Answers("status", 3, 500);
        await using var poster = Poster(Options() with { Clock = clock });
        poster.AgentStarted();
        await Until(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return _platform.Of("status").Exists(static asked => asked.Answer == 200);
        });
        await poster.Stop();
        _platform.Of("status").Count(static asked => asked.Answer == 200).ShouldBe(1);
        _platform.Of("status").Select(static asked => asked.Key).Distinct().ShouldHaveSingleItem().ShouldNotBeNull().ShouldEndWith("-running");
    }

    [Fact, Trait("spec", "PA-31")]
    public async Task A_running_that_was_never_heard_is_told_before_the_end()
    {
        _platform.Answers("status", 3, 500);
        await using var poster = Poster(Options());
        poster.AgentStarted();
        await Until(() => _platform.Of("status").Count == 3);
        await poster.Stop();
        _platform.Of("status").ConvertAll(static asked => asked.Answer).ShouldBe([500, 500, 500, 200]);
    }

    [Fact, Trait("spec", "PA-31")]
    public async Task An_agent_that_is_said_to_run_again_and_again_is_told_once()
    {
        _platform.Always("status", 500).Always("activity", 422);
        await using var poster = Poster(Options());
        for (var number = 1; number <= 50; number++)
        {
            poster.AgentStarted();
            poster.Send(Use("x"));
            var refused = number;
            await Until(() => poster.Dropped == refused);
        }

        _platform.Of("status").Count.ShouldBeLessThanOrEqualTo(3, "with three attempts, and no activity was delivered");
        await poster.Stop();
        _platform.Of("status").Count.ShouldBe(6, "and before the end");
    }

    [Fact]
    public async Task What_found_no_room_is_counted_in_the_last_words_that_wait_too()
    {
        _platform.IsAway("activity");
        var backlog = _place.At("activity.jsonl");
        await using (var poster = Poster(Options() with { QueueSize = 2, BacklogPath = backlog, StopDrainTimeout = TimeSpan.Zero }))
        {
            while (poster.Dropped == 0)
                poster.Send(Use("x"));
            var tally = await poster.Stop();
            tally.Dropped.ShouldBeGreaterThan(0);
            tally.Kept.ShouldBeGreaterThan(0);
        }

        File.ReadLines(backlog).Last().ShouldContain("dropped: ");
    }

    [Fact]
    public async Task S18_a_token_that_expires_is_replaced_and_no_event_is_lost()
    {
        _platform.Answers("activity", 1, 401);
        var credentials = new TurningCredentials();
        await using var poster = Poster(Options() with { Credentials = credentials });
        poster.Send(Use("a"));
        poster.Send(Use("b"));
        await poster.Stop();
        _platform.Contents.ShouldBe(["Bash: a", "Bash: b"]);
        _platform.Of("activity").Select(static asked => (asked.Token, asked.Text("workerId"), asked.Answer))
            .ShouldBe([("rt-1", "wkr_1", 401), ("rt-2", "wkr_2", 200), ("rt-2", "wkr_2", 200)]);
    }

    [Fact]
    public async Task S19_a_server_error_is_tried_again_after_250_and_500_ms()
    {
        _platform.Answers("activity", 2, 500);
        await using var poster = Poster(Options());
        poster.Send(Use("a"));
        await Until(() => _platform.Activities.Count == 1);
        _clock.Waits.Where(static wait => wait < TimeSpan.FromSeconds(1)).ShouldBe([TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500)]);
    }

    [Fact]
    public async Task S20_a_refused_event_is_dropped_and_the_next_one_delivered()
    {
        _platform.Answers("activity", 1, 422);
        await using var poster = Poster(Options());
        poster.Send(Use("a"));
        poster.Send(Use("b"));
        (await poster.Stop()).Dropped.ShouldBe(1);
        _platform.Contents.ShouldBe(["Bash: b", "dropped: 1"]);
        _platform.Activities[^1].GetProperty("type").GetString().ShouldBe("context");
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(302)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        _platform.Answers("activity", 1, status);
        await using var poster = Poster(Options());
        poster.Send(Use("a"));
        await Until(() => _platform.Activities.Count == 1);
    }

    [Fact]
    public async Task A_platform_that_asks_to_wait_is_waited_for_but_not_longer_than_30_s()
    {
        var clock = new HastyClock { LimitsFrom = TimeSpan.FromSeconds(100) };
        _platform.Answers("activity", 1, 429, "{}", static answer => answer.Headers.Add("Retry-After", "3"))
            .Answers("activity", 1, 503, "{}", static answer => answer.Headers.Add("Retry-After", "3600"));
        await using var poster = Poster(Options() with { Clock = clock, AttemptTimeout = TimeSpan.FromMinutes(5) });
        poster.Send(Use("a"));
        await Until(() => _platform.Activities.Count == 1);
        clock.Waits.ShouldBe([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30)]);
    }

    [Fact]
    public async Task An_event_is_given_up_after_six_attempts()
    {
        _platform.Answers("activity", 6, 500);
        await using var poster = Poster(Options());
        poster.Send(Use("a"));
        poster.Send(Use("b"));
        (await poster.Stop()).ShouldBe(new ActivityTally(2, 1, 0), "b and the number of those that were dropped");
        _clock.Waits.Where(static wait => wait >= TimeSpan.FromMilliseconds(250)).ShouldBe(
            [TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(1000), TimeSpan.FromMilliseconds(2000), TimeSpan.FromMilliseconds(4000)],
            ignoreOrder: true);
    }

    [Fact, Trait("spec", "PA-29")]
    public async Task S21_a_full_queue_drops_the_new_events_at_once_and_says_how_many()
    {
        var answer = new TaskCompletionSource();
        _platform.Hangs("activity", answer.Task);
        await using var poster = Poster(Options());
        poster.Send(Use("first"));
        await Until(() => _platform.Of("activity").Count == 1);

        for (var number = 0; number < 300; number++)
            poster.Send(Use($"{number}")); // one that waited for room would wait for ever

        poster.Dropped.ShouldBe(300 - 256);
        answer.SetResult();
        (await poster.Stop()).Dropped.ShouldBe(44);
        _platform.Contents.ShouldBe(["Bash: first", .. Enumerable.Range(0, 256).Select(static number => $"Bash: {number}"), "dropped: 44"]);
    }

    [Fact, Trait("spec", "PA-29")]
    public void Adding_to_a_full_queue_takes_less_than_a_millisecond()
    {
        using var queue = new ActivityQueue(1, 1 << 20);
        var mapping = new ActivityMapping(Options());
        queue.TryAdd(mapping.Draft(Use("a"), default)!).ShouldBeTrue();
        var watch = Stopwatch.StartNew();
        for (var number = 0; number < 10_000; number++)
            queue.TryAdd(mapping.Draft(Use("b"), default)!).ShouldBeFalse();
        (watch.Elapsed / 10_000).ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
        queue.Take()!.Words.ShouldBe("Bash: a");
    }

    [Fact, Trait("spec", "PA-30")]
    public async Task Stopping_takes_two_seconds_when_the_platform_hangs()
    {
        _platform.Hangs("*", new TaskCompletionSource().Task);
        await using var poster = Poster(Options() with { Clock = TimeProvider.System, StopDrainTimeout = TimeSpan.FromSeconds(0.3) });
        for (var number = 0; number < 10; number++)
            poster.Send(Use($"{number}"));
        var watch = Stopwatch.StartNew();
        var tally = await poster.Stop().WaitAsync(Soon);
        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(0.2));
        tally.ShouldBe(new ActivityTally(0, 10, 0));

        (await poster.Stop()).ShouldBe(tally);
        poster.Send(Use("late"));
        poster.Start();
        poster.AgentStarted();
        (await poster.Stop()).ShouldBe(tally);
    }

    [Fact, Trait("spec", "PA-30")]
    public async Task Before_the_start_nothing_is_taken_and_stopping_is_no_error()
    {
        var poster = new ActivityPoster(Options());
        poster.Send(Use("early"));
        (await poster.Stop()).ShouldBe(new ActivityTally(0, 0, 0));
        await poster.DisposeAsync();
        _platform.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_poster_sends_no_more()
    {
        using var cancelled = new CancellationTokenSource();
        _platform.Hangs("activity", new TaskCompletionSource().Task);
        await using var poster = new ActivityPoster(Options() with { StopDrainTimeout = TimeSpan.FromHours(1) });
        poster.Start(cancelled.Token);
        poster.Send(Use("a"));
        poster.Send(Use("b"));
        await Until(() => _platform.Of("activity").Count == 1);
        await cancelled.CancelAsync();
        (await poster.Stop().WaitAsync(Soon)).ShouldBe(new ActivityTally(0, 2, 0));
    }

    [Fact]
    public async Task Consecutive_pieces_of_words_are_joined_while_they_wait()
    {
        var answer = new TaskCompletionSource();
        _platform.Hangs("activity", answer.Task);
        await using var poster = Poster(Options());
        poster.Send(Use("first"));
        await Until(() => _platform.Of("activity").Count == 1);
        foreach (var piece in (string[])["Look", "ing", " at", "   ", "it.", " Then", " go", ".", "Done."])
            poster.Send(new AssistantTextEvent { Text = piece });
        poster.Send(new AssistantTextEvent { Text = "sub", ParentToolUseId = "t" });
        poster.Send(Use("last"));
        poster.Send(new AssistantTextEvent { Text = " \n" });
        answer.SetResult();
        await poster.Stop();
        _platform.Contents.ShouldBe(["Bash: first", "Looking at   it. Then go.", "Done.", "sub", "Bash: last"]);
    }

    [Fact]
    public async Task What_finds_no_platform_is_kept_and_sent_when_it_is_back()
    {
        _platform.IsAway("activity");
        var options = Options() with { BacklogPath = _place.At("activity.jsonl"), QueueSize = 16 };
        await using var poster = Poster(options);
        for (var number = 0; number < 500; number++)
        {
            poster.Send(Use($"{number}"));
            if (number >= 9)
                await Until(() => File.ReadAllLines(options.BacklogPath).Length >= number - 9);
        }

        poster.Dropped.ShouldBe(0);
        _platform.IsBack();
        await Until(() => _platform.Activities.Count == 500);
        (await poster.Stop()).ShouldBe(new ActivityTally(500, 0, 0));
        _platform.Contents.ShouldBe(Enumerable.Range(0, 500).Select(static number => $"Bash: {number}"));
        new FileInfo(options.BacklogPath).Length.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_left_at_the_end_waits_in_the_file_for_the_next_poster()
    {
        _platform.IsAway("activity");
        var options = Options() with { BacklogPath = _place.At("activity.jsonl"), StopDrainTimeout = TimeSpan.Zero };
        await using (var poster = Poster(options))
        {
            for (var number = 0; number < 5; number++)
                poster.Send(Use($"{number}"));
            (await poster.Stop()).ShouldBe(new ActivityTally(0, 0, 5));
        }

        _platform.IsBack();
        await using (var next = Poster(options with { StopDrainTimeout = Soon }))
        {
            next.Send(Use("new"));
            (await next.Stop()).ShouldBe(new ActivityTally(6, 0, 0));
        }

        _platform.Contents.ShouldBe([.. Enumerable.Range(0, 5).Select(static number => $"Bash: {number}"), "Bash: new"]);
    }

    [Fact]
    public async Task A_million_events_in_a_moment_block_nobody_and_fill_no_memory()
    {
        var backlog = _place.At("activity.jsonl");
        var (held, accounted) = await PosterMemory.Of(PosterMemory.Flood, backlog);
        held.ShouldBeLessThan(32L * 1024 * 1024);
        accounted.ShouldBeInRange(1_000_000, 1_000_001, "each is kept or counted, and the count is told if there was room for it");
        new FileInfo(backlog).Length.ShouldBeLessThanOrEqualTo(OutboxFile.ActivityLimit);
    }

    [Fact]
    public async Task Events_as_large_as_they_like_fill_no_memory()
    {
        var (held, accounted) = await PosterMemory.Of(PosterMemory.Huge, _place.At("activity.jsonl"));
        held.ShouldBeLessThan(32L * 1024 * 1024);
        accounted.ShouldBeInRange(2000, 2001);
    }

    private static ToolUseEvent Use(string command) => new() { ToolName = "Bash", Input = new JsonText($$"""{"command":"{{command}}"}""") };

    private static Task Until(Func<bool> condition) => Deadline.Until(condition, "the poster", Soon.TotalSeconds);

    private static ActivityPoster Poster(ActivityPosterOptions options)
    {
        var poster = new ActivityPoster(options);
        poster.Start();
        return poster;
    }

    private ActivityPosterOptions Options() => new()
    {
        SessionId = "s-1",
        PlatformUrl = FakePlatform.Url,
        WorkerId = "wkr_0",
        Transport = _platform,
        Clock = _clock,
        StopDrainTimeout = Soon,
        MaxBackoff = TimeSpan.FromSeconds(4),
    };

    private sealed class TurningCredentials : ICredentialSource
    {
        private int _turn = 1;

        public ValueTask<RuntimeCredentials> Read(CancellationToken cancellationToken) => ValueTask.FromResult(new RuntimeCredentials($"wkr_{_turn}", $"rt-{_turn}"));

        public void Rejected() => _turn++;
    }
}
