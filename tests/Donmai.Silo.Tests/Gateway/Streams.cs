using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using NSubstitute;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>The live events of a session (docs/decisions/0004), and the time limits of control-api.md §1.3.</summary>
public sealed class Streams : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly Channel<AgentEvent> _events = Channel.CreateUnbounded<AgentEvent>();
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GatewayUnderTest _gateway = null!;
    private ISessionGrain _session = null!;

    public async Task InitializeAsync()
    {
        _gateway = await GatewayUnderTest.Start(time: _time);
        _session = _gateway.AddSession("s1");
        _session.Events(default, default).ReturnsForAnyArgs(call => Live(call.Arg<CancellationToken>()));
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Every_event_is_a_line_that_arrives_at_once_and_the_end_of_the_session_is_the_end()
    {
        using var answer = await Open();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());

        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/x-ndjson");
        Say(1, "one");
        (await lines.ReadLineAsync()).ShouldBe("""{"kind":"assistant_text","text":"one","seq":1}""");
        Say(2, "two");
        (await lines.ReadLineAsync()).ShouldBe("""{"kind":"assistant_text","text":"two","seq":2}""");
        _events.Writer.Complete();
        (await lines.ReadLineAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Server_sent_events_carry_the_number_as_id()
    {
        using var answer = await Open(accept: "text/event-stream");
        Say(7, "one");
        _events.Writer.Complete();

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        (await answer.Content.ReadAsStringAsync())
            .ShouldBe("id: 7\ndata: {\"kind\":\"assistant_text\",\"text\":\"one\",\"seq\":7}\n\nevent: end\ndata: {}\n\n");
    }

    [Theory]
    [InlineData("", null, 0)]
    [InlineData("?after=5", null, 5)]
    [InlineData("?after=", null, 0)]
    [InlineData("?after=5", "9", 9)]
    [InlineData("?after=5", "nonsense", 5)]
    public async Task A_stream_goes_on_after_the_last_known_event(string query, string? lastEventId, long after)
    {
        _events.Writer.Complete();
        using var answer = await Open(query, lastEventId: lastEventId);

        await answer.Content.ReadAsStringAsync();
        _session.Received(1).Events(after, Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("?after=-1")]
    [InlineData("?after=x")]
    [InlineData("?after=99999999999999999999")]
    public async Task A_position_that_is_no_event_number_is_400(string query) =>
        (await Open(query)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_client_that_goes_away_ends_the_reading()
    {
        Say(1, "one");
        using (var client = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await client.ConnectAsync(_gateway.EndPoint);
            await client.SendAsync("GET /api/daemon/sessions/s1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            var received = "";
            var buffer = new byte[4096];
            while (!received.Contains("one", StringComparison.Ordinal))
                received += Encoding.UTF8.GetString(buffer, 0, await client.ReceiveAsync(buffer));
        }

        await _cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_idle_stream_gives_signs_of_life_and_is_not_cut()
    {
        using var answer = await Open();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());

        for (var quarterMinute = 0; quarterMinute < 4; quarterMinute++)
        {
            await _time.Awaited(TimeSpan.FromSeconds(15));
            _time.Advance(TimeSpan.FromSeconds(15));
            (await lines.ReadLineAsync()).ShouldBe("");
        }

        Say(1, "late");
        (await lines.ReadLineAsync())!.ShouldContain("late");
    }

    [Fact]
    public async Task A_stop_of_the_server_cuts_the_stream_so_that_nobody_takes_it_for_the_end()
    {
        using var answer = await Open();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Say(1, "one");
        await lines.ReadLineAsync();

        await _gateway.Server.Stop();

        await Should.ThrowAsync<IOException>(() => lines.ReadLineAsync());
    }

    [Fact]
    public async Task A_failure_in_the_middle_cuts_the_stream()
    {
        using var answer = await Open();
        _events.Writer.Complete(new InvalidOperationException("the log is gone"));

        await Should.ThrowAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_answer_that_takes_30_seconds_is_cut()
    {
        var never = new TaskCompletionSource<SessionInspection>();
        _session.Inspect().Returns(never.Task);

        var answer = _gateway.Raw("GET", "/api/daemon/sessions/s1/inspect");
        await _time.Awaited(TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromSeconds(29));
        answer.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await answer).IsNothing.ShouldBeTrue();
    }

    [Fact]
    public async Task A_body_that_does_not_come_within_15_seconds_is_given_up()
    {
        var answer = _gateway.Raw("POST", "/api/daemon/sessions", "Content-Length: 10\r\n");
        await _time.Awaited(TimeSpan.FromSeconds(15));
        _time.Advance(TimeSpan.FromSeconds(15));

        (await answer).IsNothing.ShouldBeTrue();
    }

    [Fact]
    public async Task Headers_that_do_not_come_within_5_seconds_are_given_up() =>
        (await _gateway.Raw("GET /healthz HTTP/1.1\r\nHost: 127")).Status.ShouldNotBe(200);

    private void Say(long number, string text) => _events.Writer.TryWrite(new AssistantTextEvent { Seq = number, Text = text });

    private async Task<HttpResponseMessage> Open(string query = "", string accept = "*/*", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/daemon/sessions/s1/events" + query);
        request.Headers.Add("Accept", accept);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return await _gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private async IAsyncEnumerable<AgentEvent> Live([EnumeratorCancellation] CancellationToken ended)
    {
        try
        {
            await foreach (var @event in _events.Reader.ReadAllAsync(ended))
                yield return @event;
        }
        finally
        {
            if (ended.IsCancellationRequested)
                _cancelled.TrySetResult();
        }
    }
}
