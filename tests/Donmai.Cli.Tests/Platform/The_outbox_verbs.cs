using Donmai.Cli.Platform;
using Donmai.Cli.Rendering;
using Donmai.Client.Tests;
using Donmai.Platform;
using Microsoft.AspNetCore.Builder;
using Spectre.Console;

namespace Donmai.Cli.Tests.Platform;

public sealed class The_outbox_verbs
{
    private static readonly OutboxRow Refused = new()
    {
        Id = "s-1-7-status",
        SessionId = "s-1",
        Kind = "status",
        State = OutboxRow.Refused,
        Since = new(2026, 5, 18, 9, 30, 0, TimeSpan.Zero),
        Reason = "it answered 422",
    };

    private static readonly OutboxRow Waiting = Refused with { Id = "s-2-8-a1", SessionId = "s-2", Kind = "activity", Count = 14, State = OutboxRow.Waiting, Reason = null };

    [Fact]
    public async Task What_waits_is_a_table_and_below_it_why()
    {
        var list = new OutboxList { Items = [Refused, Waiting], LastError = "https://p cannot be reached" };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/outbox", list);

        var outcome = await CommandOutcome.Of("outbox", "list", "--daemon-url", daemon.Address);

        var lines = outcome.Output.Split('\n');
        lines[0].ShouldBe("SESSION  KIND          STATE    FOR");
        lines[1].ShouldStartWith("s-1      status        refused  ");
        lines[2].ShouldStartWith("s-2      activity ×14  waiting  ");
        lines[3..].ShouldBe(["s-1-7-status: it answered 422", "last attempt: https://p cannot be reached", ""]);
    }

    [Fact]
    public void A_row_stands_on_one_line_of_a_terminal()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 80;
        var session = Guid.Empty.ToString();
        var longest = Waiting with { SessionId = session, Kind = "issue-status", Count = 1 };

        new TerminalScreen(console, TimeProvider.System).Write(
            OutboxListCommand.Listing(new OutboxList { Items = [longest, Waiting with { SessionId = session, Count = 1234 }] }, longest.Since.AddHours(23).AddMinutes(59)));

        string.Join('\n', output.ToString().Split('\n').Where(line => line.Contains(session, StringComparison.Ordinal)).Select(static line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))))
            .ShouldBe($"{session} issue-status waiting 23 h\n{session} activity ×1234 waiting 23 h");
    }

    [Fact]
    public async Task What_is_given_up_is_counted_and_what_nobody_knows_is_an_error()
    {
        await using var daemon = await FakeDaemon.Start(static routes => routes.MapPost("/api/daemon/outbox/discard", static (OutboxDiscardRequest request) =>
            request.Id is "no" ? DaemonAnswers.Refusal(404, "nothing with the id 'no' waits") : DaemonAnswers.Answer(new OutboxDiscard { Discarded = request.Id is "s-1" ? 2 : 1 })));

        (await CommandOutcome.Of("outbox", "discard", "s-1", "--daemon-url", daemon.Address)).Output.ShouldBe("2 requests discarded.\n");
        (await CommandOutcome.Of("outbox", "discard", "s-1-7-status", "--json", "--daemon-url", daemon.Address)).Output.ShouldContain("\"discarded\":1");
        (await CommandOutcome.Of("outbox", "discard", "no", "--daemon-url", daemon.Address)).ShouldBe(new CommandOutcome(1, "", "donmai: nothing with the id 'no' waits\n"));
        (await CommandOutcome.Of("outbox", "discard", "--daemon-url", daemon.Address)).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Where_nothing_waits_no_next_attempt_is_shown()
    {
        await using var daemon = await DaemonAnswers.Get("/api/daemon/outbox", new OutboxList
        {
            Items = [new OutboxRow { Id = "s-1-7-status", SessionId = "s-1", Kind = "status", State = OutboxRow.Refused, Reason = "it answered 404" }],
            NextAttemptAt = DateTimeOffset.UnixEpoch,
        });

        (await CommandOutcome.Of("outbox", "list", "--daemon-url", daemon.Address)).Output.ShouldEndWith("s-1-7-status: it answered 404\n");
    }

    [Fact]
    public async Task An_empty_outbox_is_a_sentence_and_JSON_is_the_answer_itself()
    {
        await using var daemon = await DaemonAnswers.Get("/api/daemon/outbox", new OutboxList());
        (await CommandOutcome.Of("outbox", "list", "--daemon-url", daemon.Address)).ShouldBe(new CommandOutcome(0, "The platform has everything.\n", ""));
        (await CommandOutcome.Of("outbox", "list", "--json", "--daemon-url", daemon.Address)).Output.ShouldContain("\"items\"");
    }

    [Fact]
    public async Task One_request_or_all_are_tried_again()
    {
        var asked = new List<string?>();
        await using var daemon = await FakeDaemon.Start(routes => routes.MapPost("/api/daemon/outbox/retry", (OutboxRetryRequest request) =>
        {
            asked.Add(request.Id);
            return request.Id is "no" ? DaemonAnswers.Refusal(404, "nothing with the id 'no' waits") : DaemonAnswers.Answer(new OutboxRetry { Retried = request.Id is null ? 3 : 1 });
        }));

        (await CommandOutcome.Of("outbox", "retry", "--daemon-url", daemon.Address)).Output.ShouldStartWith("3 requests are sent now");
        (await CommandOutcome.Of("outbox", "retry", "s-1-7-status", "--daemon-url", daemon.Address)).Output.ShouldStartWith("1 request is sent now");
        (await CommandOutcome.Of("outbox", "retry", "no", "--daemon-url", daemon.Address)).ShouldBe(new CommandOutcome(1, "", "donmai: nothing with the id 'no' waits\n"));
        asked.ShouldBe([null, "s-1-7-status", "no"]);
    }
}
