using System.Net;
using System.Text.Json.Nodes;
using Donmai.Core.Platform;
using Donmai.Core.Sessions;
using Donmai.Grains.Tests.Machines;
using Donmai.Platform;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Platform;

public sealed class Reporting_in_place_of_workers : IAsyncDisposable
{
    private readonly TestMachine _machine;

    public Reporting_in_place_of_workers()
    {
        _machine = TestMachine.WithPlatform().GetAwaiter().GetResult();
        _machine.Platform.Answer = Answer;
    }

    private Func<PlatformRequest, HttpStatusCode> Says { get; set; } = static _ => HttpStatusCode.OK;

    private IOutboxGrain Outbox => _machine.Grains.GetGrain<IOutboxGrain>(TestMachine.Name);

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact, Trait("spec", "WK-25")]
    public async Task S28_A_worker_that_was_killed_is_reported_once()
    {
        await Run("s-1");
        var token = Path.Combine(Record("s-1"), "platform.token");
        await File.WriteAllTextAsync(token, "rt-wkr_1-1");
        await _machine.Processes.End("s-1", new ProcessExit { Signal = 9, EndedAt = _machine.Clock.GetUtcNow() });

        await Delivered("s-1/status");
        File.Exists(token).ShouldBeFalse("what the worker could not put away");
        var status = JsonNode.Parse(_machine.Platform.AskedTo("s-1/status").ShouldHaveSingleItem().Body)!;
        ((string)status["status"]!, (string)status["failureMode"]!, (string)status["workerId"]!).ShouldBe(("failed", "worker-crashed", "wkr_1"));
        ((string)status["error"]!["message"]!).ShouldBe("the worker was ended by signal 9");
        var completion = JsonNode.Parse(_machine.Platform.AskedTo("s-1/completion").ShouldHaveSingleItem().Body)!;
        ((string)completion["summary"]!).ShouldBe("Session failed: the worker was ended by signal 9");

        await Empty(); // the answer was noted: a daemon that ends before that tells it again, under the same id
        await _machine.Restart();
        await _machine.Stands(static now => now.State == "registered");
        await Outbox.Retry(null);
        (await Outbox.List()).Items.ShouldBeEmpty();
        _machine.Platform.AskedTo("s-1/status").Count.ShouldBe(1, "not again by the next daemon");
    }

    [Fact]
    public async Task A_session_that_nobody_but_this_machine_waits_for_is_reported_to_nobody()
    {
        await Start();
        await _machine.Accept("s-1");
        await _machine.Processes.End("s-1", new ProcessExit { Signal = 9, EndedAt = _machine.Clock.GetUtcNow() });
        (await Outbox.List()).Items.ShouldBeEmpty();
        File.Exists(Path.Combine(Record("s-1"), "outbox.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_worker_that_reported_everything_is_not_reported_again()
    {
        await Run("s-1");
        var record = new WorkerExitRecord { Status = "completed", TerminalPosted = new TerminalPosted { Completion = true, Status = true } };
        await _machine.Processes.End("s-1", new ProcessExit { ExitCode = 0, EndedAt = _machine.Clock.GetUtcNow(), Record = record });
        await Outbox.Retry(null);
        (await Outbox.List()).Items.ShouldBeEmpty();
        _machine.Platform.AskedTo("s-1/status").ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-25")]
    public async Task A_worker_that_never_began_is_reported_in_its_own_words()
    {
        await Run("s-1");
        var record = new WorkerExitRecord { Status = "failed", FailureMode = "preflight", Error = "no session id", ExitCode = 2 };
        await _machine.Processes.End("s-1", new ProcessExit { ExitCode = 2, EndedAt = _machine.Clock.GetUtcNow(), Record = record });
        await Delivered("s-1/status");
        var status = JsonNode.Parse(_machine.Platform.AskedTo("s-1/status").ShouldHaveSingleItem().Body)!;
        ((string)status["failureMode"]!, (string)status["error"]!["message"]!).ShouldBe(("preflight", "no session id"));
    }

    [Fact, Trait("spec", "WK-27")]
    public async Task T10_what_a_worker_left_is_delivered_once_completion_first()
    {
        await Run("s-1");
        Leave("s-1");
        await _machine.Processes.End("s-1", new ProcessExit { ExitCode = 0, EndedAt = _machine.Clock.GetUtcNow() });
        await Delivered("s-1/activity");
        Posted("s-1").ShouldBe(["completion", "status", "activity"]);
        _machine.Platform.AskedTo("s-1/status").ShouldHaveSingleItem().Body.ShouldContain("\"completed\"");
    }

    [Fact, Trait("spec", "WK-27")]
    public async Task A_platform_that_is_away_gets_it_when_it_is_back_also_from_the_next_daemon()
    {
        Says = static request => request.Path.Contains("/sessions/", StringComparison.Ordinal) ? throw new HttpRequestException("refused") : HttpStatusCode.OK;
        await Run("s-1");
        await _machine.Processes.End("s-1", new ProcessExit { Signal = 9, EndedAt = _machine.Clock.GetUtcNow() });
        await Until(() => _machine.Platform.AskedTo("s-1/completion").Count > 0);
        var waiting = await Outbox.List();
        waiting.Items.Select(static row => (row.Kind, row.State, row.SessionId)).ShouldBe([("completion", "waiting", "s-1"), ("status", "waiting", "s-1")]);

        await _machine.Restart();
        Says = static _ => HttpStatusCode.OK;
        await _machine.Stands(static now => now.State == "registered");
        await Outbox.Retry(null);
        await Delivered("s-1/status");
        await Empty();
        _machine.Platform.AskedTo("s-1/status").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_platform_that_is_heard_again_gets_at_once_what_would_have_waited_for_longer()
    {
        await Run("s-1");
        Says = static _ => throw new HttpRequestException("refused");
        await _machine.Processes.End("s-1", new ProcessExit { Signal = 9, EndedAt = _machine.Clock.GetUtcNow() });
        var beats = _machine.Grains.GetGrain<IHeartbeatGrain>(TestMachine.Name);
        await _machine.Until(async () => (await beats.Beats()).Missed > 0 && (await Outbox.List()).NextAttemptAt > _machine.Clock.GetUtcNow());

        Says = static _ => HttpStatusCode.OK;
        await beats.BeatSoon(); // and time stands still

        await Empty();
        _machine.Platform.AskedTo("s-1/status").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_platform_that_takes_some_of_it_gets_the_rest_without_being_waited_for()
    {
        var asked = 0;
        Says = request => request.Path.EndsWith("/activity", StringComparison.Ordinal) && asked++ % 2 == 0 ? HttpStatusCode.InternalServerError : HttpStatusCode.OK;
        await Run("s-1");
        Leave("s-1", activities: 4);
        await _machine.Processes.End("s-1", new ProcessExit { ExitCode = 0, EndedAt = _machine.Clock.GetUtcNow() });
        await Empty();
        await Until(() => _machine.Platform.AskedTo("s-1/activity").Count == 8);
    }

    [Fact]
    public async Task What_the_platform_refuses_for_good_is_listed_and_can_be_tried_again()
    {
        Says = static request => request.Path.EndsWith("s-1/status", StringComparison.Ordinal) ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK;
        await Run("s-1");
        await _machine.Processes.End("s-1", new ProcessExit { Signal = 9, EndedAt = _machine.Clock.GetUtcNow() });
        await Delivered("s-1/status");
        await Until(async () => (await Outbox.List()).Items.Exists(static row => row.State == "refused"));
        var refused = (await Outbox.List()).Items.ShouldHaveSingleItem();
        (refused.Kind, refused.Reason!.Contains("422", StringComparison.Ordinal)).ShouldBe(("status", true));

        Says = static _ => HttpStatusCode.OK;
        (await Outbox.Retry(refused.Id)).Retried.ShouldBe(1);
        await Empty();
        await Should.ThrowAsync<OutboxItemNotFoundException>(() => Outbox.Retry("nothing"));
    }

    [Fact]
    public async Task What_is_given_up_is_never_told_whether_it_was_refused_or_waits()
    {
        Says = static request => request.Path.EndsWith("s-1/status", StringComparison.Ordinal) ? HttpStatusCode.UnprocessableEntity
            : request.Path.Contains("/sessions/s-2", StringComparison.Ordinal) ? HttpStatusCode.BadGateway : HttpStatusCode.OK;
        await Run("s-1");
        await _machine.Processes.End("s-1", new ProcessExit { Signal = 9, EndedAt = _machine.Clock.GetUtcNow() });
        await Until(async () => (await Outbox.List()).Items.Exists(static row => row.State == "refused"));
        var refused = (await Outbox.List()).Items.Single(static row => row.State == "refused");
        (await Outbox.Discard(refused.Id)).Discarded.ShouldBe(1);
        await Empty();
        await Should.ThrowAsync<OutboxItemNotFoundException>(() => Outbox.Discard(refused.Id));

        await _machine.Spawner.Accept(Spec("s-2"));
        Leave("s-2", activities: 3);
        await _machine.Processes.End("s-2", new ProcessExit { ExitCode = 0, EndedAt = _machine.Clock.GetUtcNow() });
        await Until(() => Posted("s-2").Count > 0);
        await Until(async () => (await Outbox.List()).NextAttemptAt > _machine.Clock.GetUtcNow()); // no request is under way, and none is made before its time
        (await Outbox.Discard("s-2")).Discarded.ShouldBe(5);
        await Empty();
        var asked = Posted("s-2").Count;
        Says = static _ => HttpStatusCode.OK;
        (await Outbox.Retry(null)).Retried.ShouldBe(0);
        Posted("s-2").Count.ShouldBe(asked);
    }

    [Fact]
    public async Task A_status_that_is_known_already_is_a_success()
    {
        Says = static request => request.Path.EndsWith("s-1/status", StringComparison.Ordinal) ? HttpStatusCode.Conflict : HttpStatusCode.OK;
        await Run("s-1");
        await _machine.Processes.End("s-1", new ProcessExit { Signal = 9, EndedAt = _machine.Clock.GetUtcNow() });
        await Delivered("s-1/status");
        await Empty();
    }

    [Fact]
    public async Task A_session_that_is_ordered_again_does_not_lose_what_its_former_run_left()
    {
        Says = static request => request.Path.Contains("/sessions/", StringComparison.Ordinal) ? HttpStatusCode.BadGateway : HttpStatusCode.OK;
        await Run("s-1");
        await _machine.Processes.End("s-1", new ProcessExit { Signal = 9, EndedAt = _machine.Clock.GetUtcNow() });
        await Until(() => _machine.Platform.AskedTo("s-1/status").Count > 0);
        await Until(async () => (await _machine.Spawner.Live()).Count == 0);
        _machine.Clock.Advance(TimeSpan.FromSeconds(1));
        await _machine.Spawner.Accept(Spec("s-1"));
        await _machine.Processes.End("s-1", new ProcessExit { Signal = 15, EndedAt = _machine.Clock.GetUtcNow() });
        var waiting = (await Outbox.List()).Items;
        waiting.Count(static row => row.Kind == "status").ShouldBe(2);
        waiting.Select(static row => row.Id).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task What_a_new_worker_of_the_session_holds_is_its_own_to_deliver()
    {
        Says = static request => request.Path.Contains("/sessions/", StringComparison.Ordinal) ? HttpStatusCode.BadGateway : HttpStatusCode.OK;
        await Run("s-1");
        await _machine.Processes.End("s-1", new ProcessExit { Signal = 9, EndedAt = _machine.Clock.GetUtcNow() });
        await Until(() => _machine.Platform.AskedTo("s-1/status").Count > 0);
        var asked = 0;
        using (new FileStream(Path.Combine(Record("s-1"), SessionRecordFiles.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            await Until(async () => (await Outbox.List()).NextAttemptAt is not null);
            asked = Posted("s-1").Count;
            Says = static _ => HttpStatusCode.OK;
            await _machine.Pass(TimeSpan.FromSeconds(30));
            Posted("s-1").Count.ShouldBe(asked, "it would come twice");
        }

        await Outbox.Retry(null);
        await _machine.Until(async () => (await Outbox.List()).Items.Count == 0);
        Posted("s-1").Count.ShouldBe(asked + 2);
    }

    [Fact]
    public async Task An_outbox_that_cannot_be_read_keeps_neither_the_daemon_from_starting_nor_others_from_being_listed()
    {
        Directory.CreateDirectory(Record("s-1"));
        Leave("s-1");
        Directory.CreateDirectory(Record("s-2"));
        var path = Path.Combine(Record("s-2"), "outbox.jsonl");
        using var unreadable = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        unreadable.WriteByte((byte)'\n');
        await unreadable.FlushAsync();
        Says = static request => request.Path.Contains("/sessions/", StringComparison.Ordinal) ? HttpStatusCode.BadGateway : HttpStatusCode.OK;

        await Start();

        (await Outbox.List()).Items.Select(static row => row.SessionId).Distinct().ShouldBe(["s-1"]);
    }

    private static SessionSpec Spec(string sessionId) =>
        TestMachine.Spec(sessionId) with { WorkItem = new JsonText($$"""{"sessionId":"{{sessionId}}","repository":"billing"}""") };

    private async Task Start()
    {
        await _machine.Daemon.Start();
        await _machine.Stands(static now => now.State == "registered");
    }

    private async Task Run(string sessionId)
    {
        await Start();
        await _machine.Spawner.Accept(Spec(sessionId));
    }

    private string Record(string sessionId) => Path.Combine(_machine.State.Records, sessionId);

    private void Leave(string sessionId, int activities = 1)
    {
        var requests = new OutboxRequests(sessionId, 1, FakePlatform.Url, _machine.Clock);
        var result = new SessionResult { Status = "completed", Summary = "Done." };
        using var results = OutboxFile.ForResults(Path.Combine(Record(sessionId), "outbox.jsonl"), _machine.Clock);
        results.TryAdd(requests.Completion(result), requests.Status(result)).ShouldBeTrue();
        using var activity = OutboxFile.ForActivity(Path.Combine(Record(sessionId), "activity.jsonl"), _machine.Clock);
        foreach (var number in Enumerable.Range(1, activities))
            activity.TryAdd(requests.Activity(number, new() { Type = "thought", Content = "hello" })).ShouldBeTrue();
    }

    private List<string> Posted(string sessionId) =>
        [.. _machine.Platform.Asked.Where(asked => asked.Path.Contains($"/sessions/{sessionId}/", StringComparison.Ordinal)).Select(static asked => asked.Path.Split('/')[^1])];

    private static Task Until(Func<bool> so) => Until(() => Task.FromResult(so()));

    private static async Task Until(Func<Task<bool>> so)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        while (!await so())
            await Task.Delay(5, deadline.Token);
    }

    private Task Delivered(string pathEnd) => Until(() => _machine.Platform.AskedTo(pathEnd).Count > 0);

    private Task Empty() => Until(async () => (await Outbox.List()).Items.Count == 0);

    private HttpResponseMessage? Answer(PlatformRequest asked)
    {
        var status = Says(asked);
        if (status != HttpStatusCode.OK)
            return FakePlatform.Refusal(status, "no");
        return asked.Path.Contains("/sessions/", StringComparison.Ordinal) ? FakePlatform.Json(new JsonObject()) : null;
    }
}
