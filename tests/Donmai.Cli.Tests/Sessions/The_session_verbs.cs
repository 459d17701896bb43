using Donmai.Client.Tests;
using Donmai.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Donmai.Cli.Tests.Sessions;

public sealed class The_session_verbs
{
    [Fact]
    public async Task List_shows_a_row_for_each()
    {
        await using var daemon = await DaemonAnswers.Get<List<SessionHandle>>(
            "/api/daemon/sessions",
            [new() { SessionId = "s1", Pid = 12, State = SessionState.Running, Repository = "/src/shop", AcceptedAt = DateTimeOffset.UtcNow.AddHours(-2) }]);

        var outcome = await CommandOutcome.Of("session", "list", "--daemon-url", daemon.Address);

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldMatch(@"^SESSION  STATE    ACCEPTED        PID  REPOSITORY\ns1       running  2 h 00 min ago  12   /src/shop\n$");
    }

    [Fact]
    public async Task List_says_that_there_is_none_and_asks_for_ended_ones_only_when_told_to()
    {
        var asked = new List<string>();
        await using var daemon = await FakeDaemon.Start(routes => routes.MapGet("/api/daemon/sessions", (HttpRequest request) =>
        {
            asked.Add(request.QueryString.ToString());
            return DaemonAnswers.Answer<List<SessionHandle>>([]);
        }));

        (await CommandOutcome.Of("session", "list", "--daemon-url", daemon.Address)).Output.ShouldBe("No live sessions; --all shows those that have ended.\n");
        (await CommandOutcome.Of("session", "list", "--all", "--daemon-url", daemon.Address)).Output.ShouldBe("No sessions.\n");
        (await CommandOutcome.Of("session", "list", "--json", "--daemon-url", daemon.Address)).Output.ShouldBe("[]\n");

        asked.ShouldBe(["", "?state=all", ""]);
    }

    [Fact]
    public async Task Show_tells_everything_about_one()
    {
        await using var daemon = await FakeDaemon.Start(routes => routes.MapSession(static () => Sample.Completed, static (_, _) => Task.CompletedTask));

        var outcome = await CommandOutcome.Of("session", "show", "s1", "--daemon-url", daemon.Address);

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        foreach (var fact in (string[])["session     s1", "state       completed", "provider    claude", "work area   /state/workareas/wa-s1-9/tree", "2 files changed"])
            outcome.Output.ShouldContain(fact);
    }

    [Theory]
    [InlineData("Invalid API key", 0)]
    [InlineData("I could not log in.", 1)]
    [InlineData(null, 1)]
    public async Task Show_says_once_why_a_session_failed(string? summary, int reasons)
    {
        var failed = new SessionInspection
        {
            SessionId = "s1",
            State = SessionState.Failed,
            Reason = "Invalid API key",
            Result = new SessionResult { Status = "failed", Error = "Invalid API key", Summary = summary },
        };
        await using var daemon = await FakeDaemon.Start(routes => routes.MapSession(() => failed, static (_, _) => Task.CompletedTask));

        var outcome = await CommandOutcome.Of("session", "show", "s1", "--daemon-url", daemon.Address);

        outcome.Output.Split("Invalid API key").Length.ShouldBe(2, outcome.Output);
        outcome.Output.Split("reason ").Length.ShouldBe(1 + reasons, outcome.Output);
    }

    [Fact]
    public async Task Logs_go_to_the_stream_they_came_from()
    {
        var asked = new List<string>();
        await using var daemon = await FakeDaemon.Start(routes =>
        {
            routes.MapSession(static () => new SessionInspection { State = SessionState.Completed }, static (_, _) => Task.CompletedTask);
            routes.MapGet("/api/daemon/sessions/s1/logs", (HttpRequest request) =>
            {
                asked.Add(request.QueryString.ToString());
                return "2026-05-07T12:30:12.042Z stdout one \u001b[31m two\n2026-05-07T12:30:12.043Z stderr oh\n2026-05-07T12:30:13.000Z stdout \n";
            });
        });

        var plain = await CommandOutcome.Of("session", "logs", "s1", "--daemon-url", daemon.Address);
        var timed = await CommandOutcome.Of("session", "logs", "s1", "-t", "--tail", "3", "--follow", "--daemon-url", daemon.Address);
        var json = await CommandOutcome.Of("session", "logs", "s1", "--json", "--daemon-url", daemon.Address);

        (plain.Output, plain.Error).ShouldBe(("one \ufffd[31m two\n\n", "oh\n"));
        (timed.Output, timed.Error).ShouldBe(("2026-05-07T12:30:12.042Z one \ufffd[31m two\n2026-05-07T12:30:13.000Z \n", "2026-05-07T12:30:12.043Z oh\n"));
        json.Output.Split('\n')[1].ShouldBe("""{"at":"2026-05-07T12:30:12.043+00:00","stream":"stderr","text":"oh"}""");
        json.Error.ShouldBe("");
        asked.ShouldBe(["?follow=false", "?follow=true&tail=3", "?follow=false"]);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task A_tail_that_is_no_number_of_lines_is_said(string tail)
    {
        var outcome = await CommandOutcome.Of("session", "logs", "s1", $"--tail={tail}");

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain($"'{tail}' is not a number of lines; write one from 0.");
    }

    [Theory]
    [InlineData("session", "logs", "s1")]
    [InlineData("session", "show", "s1")]
    [InlineData("session", "events", "s1")]
    [InlineData("session", "events", "s1", "--follow")]
    public async Task One_that_is_not_known_is_said(params string[] arguments)
    {
        await using var daemon = await FakeDaemon.Start(routes => routes.MapFallback(() => DaemonAnswers.Refusal(404, "session not found")));

        var outcome = await CommandOutcome.Of([.. arguments, "--daemon-url", daemon.Address]);

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldBe("donmai: session not found\n");
    }

    [Fact]
    public async Task Stop_says_what_it_does_and_what_is_not_there()
    {
        var bodies = new List<string>();
        await using var daemon = await FakeDaemon.Start(routes => routes.MapPost("/api/daemon/sessions/{id}/stop", async (string id, HttpRequest request) =>
        {
            bodies.Add(await new StreamReader(request.Body).ReadToEndAsync());
            return DaemonAnswers.Answer(new SessionStopOutcome { SessionId = id, Stopped = id == "s1" });
        }));

        (await CommandOutcome.Of("session", "stop", "s1", "--reason", "enough", "--daemon-url", daemon.Address)).ShouldBe(new CommandOutcome(0, "stopping s1\n", ""));
        (await CommandOutcome.Of("session", "stop", "s1", "--now", "--daemon-url", daemon.Address)).ExitCode.ShouldBe(0);
        var unknown = await CommandOutcome.Of("session", "stop", "s2", "--daemon-url", daemon.Address);

        unknown.ExitCode.ShouldBe(1);
        unknown.Error.ShouldContain("No live session is called 's2'");
        bodies.ShouldBe(["""{"reason":"enough"}""", """{"immediately":true}""", "{}"]);
    }

    [Fact]
    public async Task Events_stop_at_the_last_one_there_is_and_go_on_when_followed()
    {
        var goOn = new TaskCompletionSource();
        await using var daemon = await FakeDaemon.Start(routes => routes.MapSession(
            () => new() { State = goOn.Task.IsCompleted ? SessionState.Completed : SessionState.Running, LastEventSeq = 2 },
            async (after, response) =>
            {
                for (var seq = after + 1; seq <= 2; seq++)
                    await response.Send(FakeDaemon.Line(seq, $"text {seq}"));
                await goOn.Task;
                await response.Send(FakeDaemon.Line(3, "text 3"));
            }));

        (await CommandOutcome.Of("session", "events", "s1", "--daemon-url", daemon.Address)).Output.ShouldBe("- text 1\n- text 2\n");
        (await CommandOutcome.Of("session", "events", "s1", "--after", "1", "--json", "--daemon-url", daemon.Address)).Output.ShouldBe(FakeDaemon.Line(2, "text 2"));
        (await CommandOutcome.Of("session", "events", "s1", "--after", "2", "--daemon-url", daemon.Address)).Output.ShouldBeEmpty();
        var followed = CommandOutcome.Of("session", "events", "s1", "--follow", "--daemon-url", daemon.Address);
        goOn.SetResult();
        (await followed).Output.ShouldBe("- text 1\n- text 2\n- text 3\n");
    }
}
