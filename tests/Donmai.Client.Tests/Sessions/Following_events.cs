using System.Net;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Client.Tests.Sessions;

public sealed class Following_events
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Events_arrive_while_the_session_is_still_at_work()
    {
        var goOn = new TaskCompletionSource();
        await using var daemon = await FakeDaemon.Start(routes => MapEvents(routes, async (_, response) =>
        {
            await Send(response, FakeDaemon.Line(1, "one"));
            await goOn.Task;
            await Send(response, FakeDaemon.Line(2, "two"));
        }));
        using var client = daemon.Client();

        await using var events = client.Events("s1").GetAsyncEnumerator();
        (await events.MoveNextAsync().AsTask().WaitAsync(Deadline)).ShouldBeTrue();
        events.Current.ShouldBeOfType<AssistantTextEvent>().Text.ShouldBe("one");
        goOn.SetResult();

        (await events.MoveNextAsync().AsTask().WaitAsync(Deadline)).ShouldBeTrue();
        events.Current.Seq.ShouldBe(2);
        (await events.MoveNextAsync().AsTask().WaitAsync(Deadline)).ShouldBeFalse();
    }

    [Fact]
    public async Task They_start_after_the_number_given()
    {
        await using var daemon = await FakeDaemon.Start(routes => MapEvents(routes, (after, response) => Send(response, FakeDaemon.Line(after + 1, "next"))));
        using var client = daemon.Client();

        (await All(client.Events("s1", after: 41))).ShouldHaveSingleItem().Seq.ShouldBe(42);
    }

    [Fact]
    public async Task A_very_long_line_and_one_that_comes_in_pieces_are_whole()
    {
        var longText = new string('x', 1_500_000);
        var pieces = FakeDaemon.Line(2, "in pieces: ü");
        await using var daemon = await FakeDaemon.Start(routes => MapEvents(routes, async (_, response) =>
        {
            await Send(response, FakeDaemon.Line(1, longText));
            foreach (var piece in pieces)
                await Send(response, piece.ToString());
        }));
        using var client = daemon.Client();

        var events = await All(client.Events("s1"));

        events.Cast<AssistantTextEvent>().Select(static e => e.Text).ShouldBe([longText, "in pieces: ü"]);
    }

    [Fact]
    public async Task A_kind_of_a_later_version_is_shown_and_does_not_end_the_stream()
    {
        await using var daemon = await FakeDaemon.Start(routes => MapEvents(routes, (_, response) =>
            Send(response, """{"kind":"hologram","seq":1}""" + "\nnot json\n\n" + FakeDaemon.Line(2, "two"))));
        using var client = daemon.Client();

        var events = await All(client.Events("s1"));

        events.Select(static e => e.Seq).ShouldBe([1, 0, 2]);
        events[0].ShouldBeOfType<SystemEvent>().Message!.ShouldContain("hologram");
    }

    [Fact]
    public async Task An_unknown_session_is_not_found()
    {
        await using var daemon = await FakeDaemon.Answering("/api/daemon/sessions/s1/events", HttpStatusCode.NotFound, """{"error":"session not found","sessionId":"s1"}""");
        using var client = daemon.Client();

        (await Should.ThrowAsync<NotFoundException>(() => All(client.Events("s1")))).Message.ShouldBe("session not found: s1");
        await Should.ThrowAsync<NotFoundException>(() => All(client.Follow("s1")));
    }

    [Fact]
    public async Task A_broken_connection_is_an_error_for_Events()
    {
        using var seen = new SemaphoreSlim(0);
        await using var daemon = await FakeDaemon.Start(routes => MapEvents(routes, async (_, response) =>
        {
            await Send(response, FakeDaemon.Line(1, "one"));
            await seen.WaitAsync(Deadline);
            response.HttpContext.Abort();
        }));
        using var client = daemon.Client();

        await Should.ThrowAsync<DaemonUnreachableException>(() => All(client.Events("s1"), seen));
    }

    [Fact]
    public async Task Follow_goes_on_where_it_broke_off_and_gives_each_event_once()
    {
        using var seen = new SemaphoreSlim(0);
        var connections = new List<long>();
        await using var daemon = await FakeDaemon.Start(routes =>
        {
            // The session has ended while the connection was broken: what it did before has still to come.
            MapState(routes, () => SessionState.Completed, lastSeq: 4);
            MapEvents(routes, async (after, response) =>
            {
                connections.Add(after);
                switch (connections.Count)
                {
                    case 1: // breaks in the middle of a line
                        await Send(response, FakeDaemon.Line(1, "one") + FakeDaemon.Line(2, "two") + """{"kind":"assis""");
                        await seen.WaitAsync(Deadline);
                        await seen.WaitAsync(Deadline);
                        response.HttpContext.Abort();
                        break;
                    case 2: // says something again, and ends as a daemon that is shut down does
                        await Send(response, FakeDaemon.Line(2, "two") + FakeDaemon.Line(3, "three") + """{"kind":"assis""");
                        break;
                    default:
                        await Send(response, FakeDaemon.Line(4, "four"));
                        break;
                }
            });
        });
        using var client = daemon.Client();

        var events = await All(client.Follow("s1"), seen);

        events.Cast<AssistantTextEvent>().Select(static e => e.Text).ShouldBe(["one", "two", "three", "four"]);
        connections.ShouldBe([0, 2, 3]);
    }

    [Fact]
    public async Task Follow_ends_when_nothing_more_comes_of_a_session_that_has_ended()
    {
        await using var daemon = await FakeDaemon.Start(routes =>
        {
            MapState(routes, () => SessionState.Failed, lastSeq: 9);
            MapEvents(routes, (after, response) => after == 0 ? Send(response, FakeDaemon.Line(1, "one")) : Task.CompletedTask);
        });
        using var client = daemon.Client();

        (await All(client.Follow("s1")).WaitAsync(Deadline)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Follow_waits_for_a_daemon_that_is_started_again()
    {
        using var seen = new SemaphoreSlim(0);
        var first = await FakeDaemon.Start(routes => MapEvents(routes, async (_, response) =>
        {
            await Send(response, FakeDaemon.Line(1, "one"));
            await seen.WaitAsync(Deadline);
            response.HttpContext.Abort();
        }));
        using var client = first.Client();
        var absences = 0;
        await using var events = client.Follow("s1", whenAway: () => absences++).GetAsyncEnumerator();
        (await events.MoveNextAsync().AsTask().WaitAsync(Deadline)).ShouldBeTrue();
        absences.ShouldBe(0);
        seen.Release();
        await first.DisposeAsync();

        var next = events.MoveNextAsync().AsTask();
        await using var second = await FakeDaemon.Start(
            routes =>
            {
                MapState(routes, () => SessionState.Completed, lastSeq: 2);
                MapEvents(routes, (after, response) => Send(response, FakeDaemon.Line(after + 1, "two")));
            },
            new Uri(first.Address).Port);

        (await next.WaitAsync(Deadline)).ShouldBeTrue();
        events.Current.Seq.ShouldBe(2);
        absences.ShouldBe(1);
        (await events.MoveNextAsync().AsTask().WaitAsync(Deadline)).ShouldBeFalse();
    }

    [Fact]
    public async Task Follow_gives_up_on_a_daemon_that_stays_away()
    {
        var daemon = await FakeDaemon.Start(static _ => { });
        await daemon.DisposeAsync();
        using var client = daemon.Client(reconnectFor: TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<DaemonUnreachableException>(() => All(client.Follow("s1")).WaitAsync(Deadline));
    }

    [Fact]
    public async Task Cancelling_ends_the_following()
    {
        await using var daemon = await FakeDaemon.Start(routes => MapEvents(routes, async (_, response) =>
        {
            await Send(response, FakeDaemon.Line(1, "one"));
            await Task.Delay(Timeout.InfiniteTimeSpan, response.HttpContext.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }));
        using var client = daemon.Client();
        using var cancellation = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.Follow("s1", cancellationToken: cancellation.Token))
                await cancellation.CancelAsync();
        });
    }

    private static void MapEvents(IEndpointRouteBuilder routes, Func<long, HttpResponse, Task> answer) =>
        routes.MapGet("/api/daemon/sessions/{id}/events", (long after, HttpResponse response) =>
        {
            response.ContentType = "application/x-ndjson";
            return answer(after, response);
        });

    private static void MapState(IEndpointRouteBuilder routes, Func<SessionState> state, long lastSeq) =>
        routes.MapGet(
            "/api/daemon/sessions/{id}/inspect",
            (string id) => Results.Text(FakeDaemon.Json(new SessionInspection { SessionId = id, State = state(), LastEventSeq = lastSeq }), "application/json"));

    private static async Task Send(HttpResponse response, string text)
    {
        await response.WriteAsync(text);
        await response.Body.FlushAsync();
    }

    private static async Task<List<AgentEvent>> All(IAsyncEnumerable<AgentEvent> events, SemaphoreSlim? seen = null)
    {
        var all = new List<AgentEvent>();
        await foreach (var e in events)
        {
            all.Add(e);
            seen?.Release();
        }

        return all;
    }
}
