using System.Text.Json;
using Donmai.Cli.Rendering;
using Donmai.Cli.Sessions;
using Donmai.Client;
using Donmai.Client.Tests;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Donmai.Cli.Tests.Sessions;

/// <summary><c>donmai run</c> against a daemon that plays along.</summary>
public sealed class The_run_verb : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _repository;
    private readonly TaskCompletionSource _inspected = new();
    private SessionSpec? _submitted;

    public The_run_verb() => _repository = GitRepository.Create(_directory.File("shop"));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Submits_shows_and_ends_with_the_result()
    {
        await using var daemon = await Daemon(Sample.Completed, static (_, response) => response.Send(
            FakeDaemon.Json<AgentEvent>(new SystemEvent { Seq = 1, Subtype = "cloning" }) + "\n",
            FakeDaemon.Json<AgentEvent>(new InitEvent { Seq = 2, SessionId = "c1" }) + "\n",
            FakeDaemon.Line(3, "Looking around.")));

        var outcome = await Run(
            daemon, "--prompt", "Do it.", "--provider", "claude", "--model", "large", "--effort", "high", "--branch", "mine", "--ref", "main", "--max-duration", "30m");

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Error.ShouldBeEmpty();
        outcome.Output.ShouldStartWith($"session {_submitted!.SessionId} on {_repository}\n* cloning\n* agent session c1\n- Looking around.\n\ncompleted after");
        outcome.Output.ShouldContain("2 files changed");
        _submitted.ShouldBe(new SessionSpec
        {
            SessionId = _submitted.SessionId,
            Repository = _repository,
            Ref = "main",
            Branch = "mine",
            PromptContext = "Do it.",
            MaxDurationSeconds = 1800,
            ResolvedProfile = new() { Provider = "claude", Model = "large", Effort = "high" },
        });
    }

    [Fact]
    public async Task What_is_not_said_is_left_to_the_daemon()
    {
        await using var daemon = await Daemon(Sample.Completed);

        await Run(daemon, "--prompt", "Do it.");

        _submitted.ShouldBe(new SessionSpec { SessionId = _submitted!.SessionId, Repository = _repository, PromptContext = "Do it." });
        _submitted.SessionId.ShouldMatch("^run-[0-9a-f]{10}$");
    }

    [Fact]
    public async Task Prints_one_JSON_object_for_programs()
    {
        await using var daemon = await Daemon(Sample.Completed, static (_, response) => response.Send(FakeDaemon.Line(1, "Looking around.")));

        var outcome = await Run(daemon, "--prompt", "Do it.", "--json");

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.Trim('\n').ShouldNotContain('\n');
        JsonSerializer.Deserialize(outcome.Output, ControlApiJson.Default.SessionInspection)!.State.ShouldBe(SessionState.Completed);
    }

    [Fact]
    public async Task The_exit_code_is_the_session_s()
    {
        foreach (var (session, exitCode) in new[]
        {
            (Sample.Failed, 1),
            (Sample.Failed with { ExitCode = 2, Reason = "preflight" }, 2),
            (Sample.Failed with { State = SessionState.Terminated }, 5),
        })
        {
            await using var daemon = await Daemon(session);

            (await Run(daemon, "--prompt", "Do it.")).ExitCode.ShouldBe(exitCode);
        }
    }

    [Fact]
    public async Task A_refusal_is_said_and_nothing_was_started()
    {
        await using var daemon = await FakeDaemon.Start(routes =>
        {
            routes.MapGet("/api/daemon/status", static () => DaemonAnswers.Answer(new Donmai.Daemon.DaemonStatus { Status = "ready" }));
            routes.MapPost("/api/daemon/sessions", static () => DaemonAnswers.Refusal(400, "at capacity (2/2 sessions)"));
        });

        var outcome = await Run(daemon, "--prompt", "Do it.", "--json");

        outcome.ShouldBe(new CommandOutcome(2, """{"error":"at capacity (2/2 sessions)"}""" + "\n", "donmai: at capacity (2/2 sessions)\n"));
    }

    [Fact]
    public async Task A_daemon_that_was_named_must_be_there()
    {
        var daemon = await FakeDaemon.Start(static _ => { });
        await daemon.DisposeAsync();

        var outcome = await Run(daemon, "--prompt", "Do it.");

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldStartWith($"donmai: No daemon answers at {daemon.Address} ");
    }

    [Fact]
    public async Task A_restart_of_the_daemon_is_outlived()
    {
        var connections = 0;
        await using var daemon = await Daemon(Sample.Completed with { LastEventSeq = 3 }, async (after, response) =>
        {
            if (Interlocked.Increment(ref connections) == 1)
            {
                await response.Send(FakeDaemon.Json<AgentEvent>(new InitEvent { Seq = 1, SessionId = "before" }) + "\n");
                await _inspected.Task.WaitAsync(TimeSpan.FromSeconds(20));
                response.HttpContext.Abort();
                return;
            }

            await response.Send(FakeDaemon.Line(after + 1, "after"), FakeDaemon.Line(after + 2, "and on"));
        });

        var outcome = await Run(daemon, "--prompt", "Do it.");

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldContain(
            "* agent session before\nthe daemon is away; the session goes on, waiting for the daemon to come back\n- after\n- and on\n");
        connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_daemon_that_stays_away_leaves_word_of_the_session()
    {
        var daemon = await FakeDaemon.Start(static _ => { });
        await daemon.DisposeAsync();
        using var client = new DonmaiClient(new DonmaiClientOptions { Address = daemon.Address, ReconnectFor = TimeSpan.Zero });
        using var interrupts = new Interrupts();

        var failure = await Should.ThrowAsync<CommandFailureException>(
            () => new RunSession(client, new NoScreen(), interrupts, TimeProvider.System).Watch("run-1", CancellationToken.None));

        failure.ExitCode.ShouldBe(1);
        failure.Message.ShouldStartWith($"No daemon answers at {daemon.Address} ");
        failure.Message.ShouldEndWith(" Session run-1 goes on; with a daemon, 'donmai session show run-1' tells how it ended.");
    }

    [Fact]
    public async Task A_prompt_comes_from_a_file()
    {
        await using var daemon = await Daemon(Sample.Completed);
        var file = _directory.File("prompt.md");
        await File.WriteAllTextAsync(file, new string('x', 1_000_000));

        (await Run(daemon, "--prompt-file", file)).ExitCode.ShouldBe(0);

        _submitted!.PromptContext!.Length.ShouldBe(1_000_000);
    }

    [Fact]
    public async Task A_prompt_that_is_not_usable_is_said_before_anything_starts()
    {
        await using var daemon = await Daemon(Sample.Completed);
        var file = _directory.File("prompt.md");
        await File.WriteAllTextAsync(file, new string('x', 1_100_000));

        foreach (var (sentence, arguments) in new (string, string[])[]
        {
            ("There is no prompt", []),
            ("exclude each other", ["--prompt", "x", "--prompt-file", file]),
            ("The prompt is empty", ["--prompt", " "]),
            ("The prompt cannot be read", ["--prompt-file", _directory.File("nowhere")]),
            ("the daemon takes 1 MiB", ["--prompt-file", file]),
        })
        {
            var outcome = await Run(daemon, arguments);
            outcome.ExitCode.ShouldBe(2, outcome.ToString());
            outcome.Error.ShouldContain(sentence);
        }

        _submitted.ShouldBeNull();
    }

    private Task<FakeDaemon> Daemon(SessionInspection ended, Func<long, HttpResponse, Task>? events = null) =>
        FakeDaemon.Start(routes =>
        {
            routes.MapGet("/api/daemon/status", static () => DaemonAnswers.Answer(new Donmai.Daemon.DaemonStatus { Status = "ready" }));
            routes.MapPost("/api/daemon/sessions", async (HttpRequest request) =>
            {
                _submitted = await JsonSerializer.DeserializeAsync(request.Body, ControlApiJson.Default.SessionSpec);
                return DaemonAnswers.Answer(new SessionHandle { SessionId = _submitted!.SessionId, State = SessionState.Running }, StatusCodes.Status202Accepted);
            });
            routes.MapSession(
                () =>
                {
                    _inspected.TrySetResult();
                    return ended;
                },
                events ?? (static (_, _) => Task.CompletedTask));
        });

    private Task<CommandOutcome> Run(FakeDaemon daemon, params string[] arguments) =>
        CommandOutcome.Of(["run", "--repo", _repository, "--daemon-url", daemon.Address, .. arguments]);
}
