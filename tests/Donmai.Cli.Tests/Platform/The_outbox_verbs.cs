using Donmai.Client.Tests;
using Donmai.Platform;
using Microsoft.AspNetCore.Builder;

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
        lines[0].ShouldStartWith("ID            SESSION  KIND      COUNT  STATE    SINCE");
        lines[1].ShouldStartWith("s-1-7-status  s-1      status    1      refused  2026-05-1");
        lines[2].ShouldStartWith("s-2-8-a1      s-2      activity  14     waiting  2026-05-1");
        lines[3..].ShouldBe(["s-1-7-status: it answered 422", "last attempt: https://p cannot be reached", ""]);
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
