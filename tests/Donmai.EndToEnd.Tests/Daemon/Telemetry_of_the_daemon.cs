using System.Text.Json;
using Donmai.Sessions;

namespace Donmai.EndToEnd.Tests.Daemon;

/// <summary>What the daemon and its workers tell a collector and the log file.</summary>
public sealed class Telemetry_of_the_daemon : IDisposable
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Asker = "00f067aa0ba902b7";

    private static readonly string[] Started = ["POST /api/daemon/sessions", "accept session", "choose provider", "start session", "start worker"];

    private readonly Installation _installation = new();
    private readonly FakeClaude _claude;
    private readonly GitRepository _repository;

    public Telemetry_of_the_daemon()
    {
        _claude = new FakeClaude(_installation);
        _repository = GitRepository.Create(Path.Combine(_installation.Directory, "shop"), files: 3);
        _installation.Configure(capacity: 4, ("shop", _repository.Path));
        File.AppendAllText(Path.Combine(_installation.State, "daemon.yaml"), "observability: { logFormat: ndjson }\n");
    }

    public void Dispose() => _installation.Dispose();

    [Fact]
    public async Task A_session_is_one_trace_from_the_request_to_its_end_over_a_restart_of_the_daemon()
    {
        await using var collector = new FakeCollector();
        _installation.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
        _installation.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        _installation.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "100";
        _claude.PauseInTheMiddle();
        await using (var first = await RunningDaemon.Start(_installation))
        {
            first.Http.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-{Asker}-01");
            var (status, body) = await first.Submit(Spec("ses-traced"));
            ((int)status).ShouldBe(202, body);
            first.Http.DefaultRequestHeaders.Remove("traceparent");
            await RunningDaemon.Until(() => Task.FromResult(_claude.IsPaused), "the agent's first half");
            await RunningDaemon.Until(() => Task.FromResult(Started.All(Named)), "the steps of the start");
            await first.Program.KillHard();
        }

        await using var second = await RunningDaemon.Start(_installation);
        _claude.Continue();
        var ended = await second.Ended("ses-traced");
        second.Program.Signal("TERM");
        (await second.Program.Ended()).ExitCode.ShouldBe(0);

        ended.State.ShouldBe(SessionState.Completed);
        ended.TraceId.ShouldBe(Trace);
        var spans = collector.Spans.Where(static span => span.TraceId == Trace).ToList();
        string[] ofDaemon = [.. Started, "recover session", "end session", "archive work area", "session"];
        spans.Where(static span => span.Service == "donmai").Select(static span => span.Name).Distinct().ShouldBeSubsetOf([.. ofDaemon, "GET /api/daemon/sessions/{**sessionId}"]);
        ofDaemon.ShouldBeSubsetOf(spans.Where(static span => span.Service == "donmai").Select(static span => span.Name));
        string[] ofWorker = ["run session", "prepare provider", "make work tree", "run agent", "close session"];
        ofWorker.ShouldBeSubsetOf(spans.Where(static span => span.Service == "donmai-worker").Select(static span => span.Name));
        spans.Single(static span => span.Name == "POST /api/daemon/sessions").ParentId.ShouldBe(Asker);
        spans.Single(static span => span.Name == "run session").ParentId.ShouldBe(spans.Single(static span => span.Name == "start worker").SpanId);
        var known = spans.Select(static span => span.SpanId).Append(Asker).ToHashSet();
        spans.Select(static span => span.ParentId).ShouldBeSubsetOf(known, "no step hangs in the air");
        collector.Metrics.ShouldContain("donmai.sessions.ended");
        File.ReadAllText(_claude.PathOf("claude.env")).ShouldNotContain("OTEL_");
        File.ReadAllText(_claude.PathOf("claude.env")).ShouldNotContain("TRACEPARENT");

        bool Named(string name) => collector.Spans.Any(span => span.Name == name);
    }

    [Fact]
    public async Task Without_a_collector_no_exporter_is_loaded_and_log_and_session_name_the_trace_all_the_same()
    {
        await using var daemon = await RunningDaemon.Start(_installation);
        var (status, body) = await daemon.Submit(Spec("ses-quiet"));
        ((int)status).ShouldBe(202, body);
        var ended = await daemon.Ended("ses-quiet");
        if (OperatingSystem.IsLinux())
            (await File.ReadAllTextAsync($"/proc/{daemon.Program.Pid}/maps")).ShouldNotContain("OpenTelemetry");
        daemon.Program.Signal("TERM");
        (await daemon.Program.Ended()).ExitCode.ShouldBe(0);

        ended.TraceId.ShouldNotBeNull().Length.ShouldBe(32);
        var log = Path.Combine(_installation.State, "daemon.log");
        File.GetUnixFileMode(log).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var entries = (await File.ReadAllLinesAsync(log)).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        entries.Select(static entry => entry.TryGetProperty("traceId", out var trace) ? trace.GetString() : null).ShouldContain(ended.TraceId);
        entries[^1].GetProperty("message").GetString().ShouldBe("Stopped");
    }

    private SessionSpec Spec(string sessionId) => new()
    {
        SessionId = sessionId,
        Repository = _repository.Path,
        PromptContext = "Edit two files, please.",
        ResolvedProfile = new ResolvedProfile { Provider = "claude" },
    };
}
