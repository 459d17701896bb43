using System.Text;
using System.Text.Json;
using Donmai.Core.Sessions;
using Donmai.Core.Sessions.Children;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Silo.Tests.Storage;
using Donmai.Worker.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Files_of_a_session : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    public static TheoryData<string> Kinds =>
    [
        """{"kind":"init","sessionId":"c1a0"}""",
        """{"subtype":"status","kind":"system","message":"<b> & \"c\""}""",
        """{"kind":"assistant_text","text":""}""",
        """{"input":{"big":12345678901234567890,"n":1.10},"kind":"tool_use","toolName":"Bash","toolUseId":"t"}""",
        """{"kind":"tool_use","toolName":"Bash","input":null}""",
        """{"kind":"tool_result","content":"","isError":false}""",
        """{"kind":"tool_progress","toolName":"Bash","elapsedSeconds":12.5}""",
        """{"kind":"result","success":false,"errors":["a"],"errorSubtype":"x","cost":{"inputTokens":1}}""",
        """{"kind":"error","message":"m","code":"c","fatal":true,"unknownField":{}}""",
    ];

    [Theory, Trait("spec", "WK-31"), Trait("spec", "WK-32")]
    [MemberData(nameof(Kinds))]
    public void Events_survive_a_round_trip_and_keep_what_is_false_or_empty(string line)
    {
        var happening = WorkerFilesJson.ReadEvent(line);
        var written = JsonSerializer.Serialize(happening, WorkerFilesJson.Readable.AgentEvent);
        JsonSerializer.Serialize(WorkerFilesJson.ReadEvent(written), WorkerFilesJson.Readable.AgentEvent).ShouldBe(written);
        foreach (var member in new[] { "\"isError\":", "\"success\":", "\"content\":", "\"text\":", "\"input\":", "12345678901234567890", "1.10", "<b> &" })
            if (line.Contains(member, StringComparison.Ordinal))
                written.ShouldContain(member);
    }

    [Theory, Trait("spec", "WK-31")]
    [InlineData("""{"sessionId":"x"}""")]
    [InlineData("""{"kind":"","sessionId":"x"}""")]
    [InlineData("""{"kind":"surprise"}""")]
    [InlineData("""{"kind":"assistant_text","text":7}""")]
    [InlineData("null")]
    public void Events_without_a_known_kind_or_with_a_wrong_type_are_refused(string line) =>
        Should.Throw<JsonException>(() => WorkerFilesJson.ReadEvent(line));

    [Fact, Trait("spec", "WK-35")]
    public void Numbers_go_on_without_a_gap_after_a_torn_line()
    {
        var path = _place.At("events.jsonl");
        using (var log = Open(path))
            log.Append(new AssistantTextEvent { Text = "one" }, 1);
        File.AppendAllText(path, """{"kind":"assistant_text","text":"to""");
        using (var log = Open(path))
        {
            log.LastNumber.ShouldBe(1);
            log.Append(new AssistantTextEvent { Text = "two" }, 1);
        }

        var events = File.ReadAllLines(path).Select(WorkerFilesJson.ReadEvent).ToList();
        events.Select(static happening => happening.Seq).ShouldBe([1L, 2L]);
        events.ShouldAllBe(static happening => happening.Ts != null);
    }

    [Fact, Trait("spec", "WK-76")]
    public void Secrets_are_hidden_in_events()
    {
        var redaction = new Redaction();
        redaction.AddFrom([KeyValuePair.Create("MY_API_KEY", "s3cr3t\"value"), KeyValuePair.Create("EDITOR", "harmless")]);
        using (var log = new EventLog(_place.At("e.jsonl"), redaction, TimeProvider.System, static _ => { }))
            log.Append(new AssistantTextEvent { Text = "it is s3cr3t\"value, harmless" }, 1);
        var line = File.ReadAllText(_place.At("e.jsonl"));
        line.ShouldNotContain("s3cr3t");
        line.ShouldContain("harmless");
    }

    [Fact, Trait("spec", "WK-76")]
    public void Hiding_a_secret_never_changes_the_shape_of_an_event()
    {
        var redaction = new Redaction();
        redaction.AddFrom([KeyValuePair.Create("MAX_OUTPUT_TOKENS", "128000"), KeyValuePair.Create("ODD_TOKEN", "system"), KeyValuePair.Create("DIR_TOKEN", "a/secret")]);
        var path = _place.At("e.jsonl");
        using (var log = new EventLog(path, redaction, TimeProvider.System, static _ => { }))
        {
            log.Append(new ResultEvent { Success = true, Message = "128000 is hidden here", DurationMs = 128000 }, 1);
            log.Append(new SystemEvent { Subtype = "status", Message = "the system" }, 1);
            log.Append(new ToolUseEvent { ToolName = "Bash", Input = new JsonText("""{"big":12345678901234567890,"in":["a\/secret","\u0073ystem"]}""") }, 1);
        }

        var events = File.ReadAllLines(path).Select(WorkerFilesJson.ReadEvent).ToList();
        var result = events[0].ShouldBeOfType<ResultEvent>();
        (result.DurationMs, result.Message).ShouldBe((128000, "[hidden] is hidden here"));
        events[1].ShouldBeOfType<SystemEvent>().Message.ShouldBe("the [hidden]");
        JsonSerializer.Serialize(events[2], WorkerFilesJson.Readable.AgentEvent).ShouldContain("""{"big":12345678901234567890,"in":["[hidden]","[hidden]"]}""");
    }

    [Fact]
    public void A_record_that_cannot_be_written_does_not_lose_a_running_agent()
    {
        var places = new WorkerPlaces("s", "http://127.0.0.1:1", _place.At("trees"), _place.At("records"));
        using var record = RecordDirectory.Open(places, WorkerIdentity.OfThisProcess(DateTimeOffset.UnixEpoch));
        Directory.Delete(places.Record, recursive: true);
        var desk = new AgentDesk(record, "claude", new Leftovers(adoptsOrphans: false, TimeProvider.System), TimeProvider.System, NullLogger.Instance);

        Should.NotThrow(() => desk.AgentStarted(1));
        Should.NotThrow(() => desk.AgentEnded(1));
    }

    [SmallDiskFact]
    public void A_full_disk_costs_the_events_it_has_no_room_for_and_nothing_else()
    {
        using var disk = SmallDisk.TryMount(64)!;
        var path = Path.Combine(disk.Path, "events.jsonl");
        var filler = Path.Combine(disk.Path, "filler");
        var refusals = 0;
        using (var log = new EventLog(path, new Redaction(), TimeProvider.System, _ => refusals++))
        {
            log.Append(new AssistantTextEvent { Text = "before" }, 1);
            File.WriteAllBytes(filler, new byte[60 * 1024]);
            log.Append(new AssistantTextEvent { Text = new string('x', 6000) }, 1);
            log.Append(new AssistantTextEvent { Text = new string('y', 4050) }, 1);
            File.Delete(filler);
            log.Append(new AssistantTextEvent { Text = "after" }, 1);
        }

        var events = File.ReadAllLines(path).Select(WorkerFilesJson.ReadEvent).ToList();
        events.Select(static happening => happening.Seq).ShouldBe([1L, 2L]);
        events[^1].ShouldBeOfType<AssistantTextEvent>().Text.ShouldBe("after");
        refusals.ShouldBe(1);
    }

    [SmallDiskFact]
    public void A_log_that_a_full_disk_refused_can_be_closed()
    {
        using var disk = SmallDisk.TryMount(64)!;
        var log = new WorkerLog(Path.Combine(disk.Path, "worker.log"), new StringWriter(), new Redaction(), TimeProvider.System);
        File.WriteAllBytes(Path.Combine(disk.Path, "filler"), new byte[64 * 1024]);

        log.Log(LogLevel.Information, default, "no room", null, static (text, _) => text);

        Should.NotThrow(log.Dispose);
    }

    [Fact, Trait("spec", "WK-33"), Trait("spec", "WK-35")]
    public void A_log_that_has_become_large_is_set_aside_and_its_numbers_go_on_also_for_the_next_worker()
    {
        var path = _place.At("events.jsonl");
        for (var worker = 1; worker <= 2; worker++)
        {
            using var log = new EventLog(path, new Redaction(), TimeProvider.System, static _ => { }, largestPart: 200);
            for (var number = 1; number <= 10; number++)
                log.Append(new AssistantTextEvent { Text = new string('x', 60) }, 1);
        }

        string[] files = [.. Enumerable.Range(1, EventLogParts.Count(path)).Select(number => EventLogParts.PathOf(path, number)), path];
        files.Length.ShouldBeGreaterThan(5);
        files.SelectMany(File.ReadAllLines).Select(static line => WorkerFilesJson.ReadEvent(line).Seq).ShouldBe(Enumerable.Range(1, 20).Select(static number => (long)number));
        files.ShouldAllBe(static file => new FileInfo(file).Length < 400);
    }

    [Fact, Trait("spec", "WK-36")]
    public async Task Fifty_parallel_updates_of_the_state_lose_nothing_and_a_reader_always_sees_it_whole()
    {
        var state = new StateFile(_place.At("state.json"), TimeProvider.System);
        state.Update(static document => document);
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
                JsonDocument.Parse(File.ReadAllBytes(_place.At("state.json"))).Dispose();
        });
        Parallel.For(0, 50, _ => state.Update(static document => document with { AttemptCount = document.AttemptCount + 1 }));
        await done.CancelAsync();
        await reader;
        state.Read()!.AttemptCount.ShouldBe(50);
        Directory.GetFiles(_place.Root).ShouldBe([_place.At("state.json")]);
        File.GetUnixFileMode(_place.At("state.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact, Trait("spec", "WK-37")]
    public void A_malformed_state_is_replaced()
    {
        var state = new StateFile(_place.Write("state.json", "{ not json"), TimeProvider.System);
        state.Read().ShouldBeNull();
        state.Update(static document => document with { SessionId = "s" }).SessionId.ShouldBe("s");
        state.Read()!.SessionId.ShouldBe("s");
    }

    [Fact, Trait("spec", "WK-36")]
    public void A_sign_of_life_that_comes_after_the_end_writes_nothing_any_more()
    {
        using var bench = new WorkerBench();
        var places = WorkerPlaces.Resolve(bench.Options(), new WorkerVariables(bench.Variables));
        using var record = RecordDirectory.Open(places, WorkerIdentity.OfThisProcess(TimeProvider.System.GetUtcNow()));
        using var stop = new SessionStop();
        var clock = new ClockOfLateTimers();
        using var journal = new SessionJournal(record, new Redaction(), stop, clock, NullLogger.Instance);
        var tree = bench.Place.Make("tree");
        journal.AttachTree(tree, TimeSpan.FromSeconds(30), static state => state);
        var file = Path.Combine(tree, ".agent", "state.json");
        File.Delete(file);
        clock.Fire();
        File.Exists(file).ShouldBeTrue("it lives");

        journal.DetachTree();
        File.Delete(file);
        clock.Fire();
        File.Exists(file).ShouldBeFalse();
    }

    [Fact, Trait("spec", "WK-10")]
    public void The_printed_line_never_exceeds_60_KiB()
    {
        var line = ResultLine.Compose(new SessionResult
        {
            Status = "failed",
            SessionId = "s",
            Error = new string('e', 40_000),
            Summary = new string('ü', 40_000),
            Warnings = [.. Enumerable.Repeat(new string('w', 1000), 100)],
            Changes = new WorkChanges { Files = [.. Enumerable.Range(0, 5000).Select(static number => new FileChange { Path = $"file-{number}" })] },
            BackstopReport = new BackstopReport
            {
                Triggered = true,
                Diagnostics = [.. Enumerable.Repeat(new string('d', 2000), 50)],
                LeftOut = [.. Enumerable.Range(0, 5000).Select(static number => new LeftOutFile { Path = $"node_modules/{number}", Reason = "excluded" })],
            },
            StageLifecycle = new JsonText($"\"{new string('l', 70_000)}\""),
        });
        Encoding.UTF8.GetByteCount(line).ShouldBeLessThanOrEqualTo(60 * 1024);
        line.ShouldNotContain("\n");
        JsonSerializer.Deserialize(line, ControlApiJson.Default.SessionResult)!.Status.ShouldBe("failed");
    }

    private static EventLog Open(string path) => new(path, new Redaction(), TimeProvider.System, static _ => { });

    /// <summary>A clock whose timers fire when it is said, also those that were given up.</summary>
    private sealed class ClockOfLateTimers : TimeProvider
    {
        private Action? _fire;

        public void Fire() => _fire.ShouldNotBeNull()();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return base.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
