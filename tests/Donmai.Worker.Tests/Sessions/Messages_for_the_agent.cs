using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Sessions;
using Donmai.Worker.Tests.Providers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Messages_for_the_agent : IDisposable
{
    private const string Failure = """{"type":"result","subtype":"error_during_execution","is_error":true,"errors":["no"],"usage":{}}""";

    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact, Trait("spec", "WK-112")]
    public async Task They_are_given_in_order_one_a_turn_those_that_steer_first_and_context_goes_before_them()
    {
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        _bench.Detail = _bench.Detail with
        {
            Inbox =
            [
                Message("m1", "memory", "The tests are slow."), Message("u1", "user", "Add a test."), Message("b", "user", "  "),
                Message("m2", "", "Use xunit."), Message("u2", "user", "Then a page."), Message("s1", "steer", "Stop using floats."),
            ],
        };
        await using var neighbours = new Neighbours(_bench.Detail);
        (await _bench.Run(_bench.OptionsWith(neighbours))).ShouldBe(0);

        _bench.Agent.Input(0).ShouldStartWith("Additional context:\nThe tests are slow.\n\nUse xunit.\n\n");
        Enumerable.Range(1, _bench.Agent.Runs - 1).Select(_bench.Agent.Input).ShouldBe(["Stop using floats.", "Add a test.", "Then a page."]);
        neighbours.Acknowledged.Order(StringComparer.Ordinal).ShouldBe(["b", "m1", "m2", "s1", "u1", "u2"]);
        _bench.Result.Turns.ShouldBe(4);
    }

    [Fact, Trait("spec", "WK-112")]
    public async Task What_could_not_be_delivered_stays_unacknowledged()
    {
        _bench.Agent.Play(Claude_fixture.Init, Failure);
        _bench.Detail = _bench.Detail with { Inbox = [Message("u1", "user", "Add a test.")] };
        await using var neighbours = new Neighbours(_bench.Detail);
        (await _bench.Run(_bench.OptionsWith(neighbours))).ShouldBe(1);
        (_bench.Agent.Runs, neighbours.Acknowledged.Count).ShouldBe((1, 0));
    }

    [Fact, Trait("spec", "WK-112")]
    public async Task Whoever_talks_to_the_agent_has_some_time_for_the_next_message()
    {
        _bench.Agent.Play(0, Claude_fixture.Init, Claude_fixture.Success).Play(1, Claude_fixture.Init, Failure);
        _bench.Detail = _bench.Detail with { Mode = "interview", InterviewBudget = new InterviewBudget { IdleGraceSeconds = 60 } };
        await using var neighbours = new Neighbours(_bench.Detail);
        var running = _bench.Run(_bench.OptionsWith(neighbours));
        await Deadline.Until(() => _bench.Agent.Has("stdin.0"), "the first turn");
        neighbours.Detail = neighbours.Detail with { Inbox = [Message("u1", "user", "And you?")] };
        (await running).ShouldBe(1);
        _bench.Agent.Input(1).ShouldBe("And you?");
        neighbours.Acknowledged.ShouldBe(["u1"]);
    }

    [Theory, Trait("spec", "WK-112")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_steers_goes_into_the_turn_that_runs_where_the_agent_takes_it_and_is_the_next_one_otherwise(bool isTaken)
    {
        var codex = new FakeCodex(_bench.Place).Options(isTaken ? "" : "NO_STEER=1");
        if (isTaken)
            codex.Plays(Codex_fixture.Started()).WhenSteered(Codex_fixture.Says("a", "turned"), Codex_fixture.Completed());
        else
            codex.Plays(1, Codex_fixture.Started(), Codex_fixture.Completed()).Plays(2, Codex_fixture.Started(2), Codex_fixture.Says("a", "turned"), Codex_fixture.Completed(2));
        _bench.Detail = _bench.Detail with { ResolvedProfile = new ResolvedProfile { Provider = "codex" }, Inbox = [Message("s1", "steer", "Turn left.")] };
        await using var neighbours = new Neighbours(_bench.Detail);
        (await _bench.Run(_bench.OptionsWith(neighbours))).ShouldBe(0);

        _bench.Result.Turns.ShouldBe(isTaken ? 1 : 2);
        _bench.AgentEvents.OfType<AssistantTextEvent>().Single().Turn.ShouldBe(isTaken ? 1 : 2);
        codex.Told.Last(static line => line.Contains("Turn left.", StringComparison.Ordinal)).ShouldContain(isTaken ? "turn/steer" : "turn/start");
        neighbours.Acknowledged.ShouldBe(["s1"]);
    }

    [Fact, Trait("spec", "WK-113")]
    public async Task A_request_to_stop_that_is_only_in_the_detail_stops_the_agent()
    {
        _bench.Agent.Play(Claude_fixture.Init, "#hang");
        await using var neighbours = new Neighbours(_bench.Detail);
        var running = _bench.Run(_bench.OptionsWith(neighbours));
        await Deadline.Until(() => _bench.Agent.Has("hanging.0"), "the agent to hang");
        neighbours.Detail = neighbours.Detail with { Stop = true, StopMode = "operator-cancelled" };
        (await running).ShouldBe(5);
        (_bench.Result.Status, _bench.Result.FailureMode, _bench.Result.ExitReason).ShouldBe(("stopped", "operator-cancelled", "stop-requested"));
        Deadline.IsAlive(_bench.Agent.Number("pid.0")).ShouldBeFalse();
    }

    [Fact, Trait("spec", "WK-113"), Trait("spec", "WK-19")]
    public async Task A_session_that_is_to_stop_before_it_begins_does_not_begin()
    {
        _bench.Detail = _bench.Detail with { Stop = true };
        (await _bench.Run()).ShouldBe(5);
        (_bench.Result.Status, _bench.Result.FailureMode, _bench.Agent.Runs, Directory.Exists(_bench.Tree)).ShouldBe(("stopped", "operator-cancelled", 0, false));
    }

    [Fact, Trait("spec", "WK-112")]
    public async Task A_message_that_is_given_back_comes_first_again_and_is_acknowledged_once()
    {
        var source = new Ears();
        await using (var inbox = new SessionInbox(source, NullLogger.Instance))
        {
            inbox.Take(new SessionDetail { Inbox = [Message("u1", "user", "a"), Message("u2", "user", "b")] });
            var first = inbox.TryNext()!;
            inbox.GiveBack(first);
            inbox.TryNext()!.Text.ShouldBe("a");
            inbox.Started(first);
            inbox.Started(first);
            inbox.TryNext()!.Text.ShouldBe("b");
            inbox.TryNext().ShouldBeNull();
        }

        source.Heard.ShouldBe(["u1"]);
    }

    [Fact, Trait("spec", "WK-112")]
    public async Task A_message_that_the_daemon_still_shows_is_acknowledged_again_and_not_given_twice()
    {
        var source = new Ears { Problem = "away" };
        var detail = new SessionDetail { Inbox = [Message("u1", "user", "a")] };
        await using (var inbox = new SessionInbox(source, NullLogger.Instance))
        {
            inbox.Take(detail);
            inbox.Started(inbox.TryNext()!);
            await Deadline.Until(() => source.Heard.Count == 1, "the first acknowledgement");
            await Deadline.Until(
                () =>
                {
                    inbox.Take(detail);
                    return source.Heard.Count > 1;
                },
                "the second");
            inbox.TryNext().ShouldBeNull();
        }

        source.Heard.Distinct().ShouldBe(["u1"]);
    }

    [Fact, Trait("spec", "WK-112")]
    public async Task A_message_that_is_shown_again_while_its_turn_is_being_started_is_given_once()
    {
        var source = new Ears();
        var detail = new SessionDetail { Inbox = [Message("m1", "memory", "context"), Message("u1", "user", "a")] };
        await using (var inbox = new SessionInbox(source, NullLogger.Instance))
        {
            inbox.Take(detail);
            var next = inbox.TryNext()!;
            inbox.Take(detail);
            inbox.Started(next);
            inbox.TryNext().ShouldBeNull();
            inbox.TakeContext().Text.ShouldBeEmpty();
        }

        source.Heard.Order(StringComparer.Ordinal).ShouldBe(["m1", "u1"]);
    }

    private static InboxMessage Message(string id, string kind, string text) => new() { DeliveryId = id, Kind = kind, Text = text };

    private sealed class Ears : ISessionDetailSource
    {
        private readonly Lock _access = new();
        private readonly List<string> _heard = [];

        public string? Problem { get; init; }

        public IReadOnlyList<string> Heard
        {
            get
            {
                lock (_access)
                    return [.. _heard];
            }
        }

        public Task<SessionDetail> Read(TimeSpan attemptTimeout, CancellationToken cancellationToken) => Task.FromResult(new SessionDetail());

        public Task<string?> Acknowledge(string deliveryId, CancellationToken cancellationToken)
        {
            lock (_access)
                _heard.Add(deliveryId);
            return Task.FromResult(Problem);
        }

        public void Dispose()
        {
        }
    }
}
