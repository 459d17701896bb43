using System.Text.Json;
using Donmai.Worker.Providers.Codex;

namespace Donmai.Worker.Tests.Providers;

public sealed class Codex_connection : IJsonRpcPeer
{
    private readonly List<string> _sent = [];
    private readonly List<string> _heard = [];

    void IJsonRpcPeer.Notified(string method, JsonElement parameters) => _heard.Add(method);

    string? IJsonRpcPeer.Asked(string method, JsonElement parameters) => method == "known" ? """{"ok":true}""" : null;

    [Fact, Trait("spec", "WK-54")]
    public async Task Concurrent_requests_get_their_own_answers_in_whatever_order()
    {
        var connection = Connect();
        var answers = new Dictionary<int, string>();
        var asking = Enumerable.Range(1, 20).Select(number => connection.Request(
            $"m{number}", static _ => { }, CancellationToken.None, answer => answers[number] = answer.GetString()!)).ToList();

        foreach (var number in Enumerable.Range(1, 20).Reverse())
            connection.Receive($$"""{"id":{{number}},"result":"r{{number}}"}""");
        await Task.WhenAll(asking);

        answers.ShouldBe(Enumerable.Range(1, 20).ToDictionary(static number => number, static number => $"r{number}"), ignoreOrder: true);
        _sent[0].ShouldBe("""{"jsonrpc":"2.0","method":"m1","id":1,"params":{}}""");
    }

    [Fact, Trait("spec", "WK-54")]
    public void Ids_of_the_server_are_echoed_as_they_were_written()
    {
        var connection = Connect();
        connection.Receive("""{"id":"a\u0041","method":"known","params":{}}""");
        connection.Receive("""{"id":9007199254740993,"method":"known"}""");
        connection.Receive("""{"id":7,"method":"strange"}""");

        _sent.ShouldBe(
        [
            """{"jsonrpc":"2.0","id":"a\u0041","result":{"ok":true}}""",
            """{"jsonrpc":"2.0","id":9007199254740993,"result":{"ok":true}}""",
            """{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"method not found: strange"}}""",
        ]);
    }

    [Theory, Trait("spec", "WK-54"), Trait("spec", "WK-48")]
    [InlineData("")]
    [InlineData("Loading…")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    [InlineData("""{"id":99,"result":{}}""")]
    [InlineData("""{"id":null,"result":{}}""")]
    [InlineData("""{"method":5}""")]
    [InlineData("""{"id":{},"error":[]}""")]
    [InlineData("{\"method\":\"\\ud800\",\"id\":{}}")]
    public async Task What_is_no_message_is_skipped(string line)
    {
        var connection = Connect();
        var asking = connection.Request("m", static _ => { }, CancellationToken.None);
        connection.Receive(line);
        asking.IsCompleted.ShouldBeFalse();
        connection.Receive("""{"id":1,"result":null}""");
        await asking;
    }

    [Fact, Trait("spec", "WK-54")]
    public async Task The_end_of_the_stream_fails_everything_that_waits_and_whatever_is_asked_later()
    {
        var connection = Connect();
        var asking = Enumerable.Range(1, 5).Select(number => connection.Request($"m{number}", static _ => { }, CancellationToken.None)).ToList();

        connection.Close("codex ended");

        foreach (var one in asking.Append(connection.Request("later", static _ => { }, CancellationToken.None)))
            (await Should.ThrowAsync<JsonRpcException>(one)).Message.ShouldBe("codex ended");
        _sent.Count.ShouldBe(5);
    }

    [Theory, Trait("spec", "WK-55")]
    [InlineData("thread/start")]
    [InlineData("turn/start")]
    public async Task A_request_whose_answer_is_late_is_not_sent_again(string method)
    {
        var connection = Connect(new FakeClock { LimitsFrom = TimeSpan.FromHours(1) });
        var arrived = false;

        (await Should.ThrowAsync<TimeoutException>(connection.Request(method, static _ => { }, CancellationToken.None, _ => arrived = true)))
            .Message.ShouldBe($"codex did not answer {method} within 30 s");
        connection.Receive("""{"id":1,"result":{"thread":{"id":"late"}}}""");

        _sent.ShouldHaveSingleItem();
        arrived.ShouldBeFalse();
    }

    [Fact, Trait("spec", "WK-55")]
    public async Task What_does_no_harm_twice_is_sent_three_times()
    {
        var clock = new FakeClock { LimitsFrom = TimeSpan.FromHours(1) };
        var arrived = 0;

        (await Should.ThrowAsync<TimeoutException>(Connect(clock).RequestRepeatedly("thread/resume", static _ => { }, CancellationToken.None, _ => arrived++)))
            .Message.ShouldBe("codex did not answer thread/resume within 30 s");

        _sent.Count.ShouldBe(3);
        clock.Waits.Where(static wait => wait < JsonRpcConnection.AnswerTimeout).ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]);
        arrived.ShouldBe(0);
    }

    [Theory]
    [InlineData(-32603, 3)]
    [InlineData(-32700, 1)]
    [InlineData(-32600, 1)]
    [InlineData(-32601, 1)]
    [InlineData(-32602, 1)]
    public async Task A_refusal_of_the_request_itself_is_final_for_that_too(int code, int attempts)
    {
        var connection = Connect(new FakeClock());
        var asking = connection.RequestRepeatedly("thread/resume", static _ => { }, CancellationToken.None);
        for (var id = 1; id <= attempts; id++)
        {
            await Deadline.Until(() => _sent.Count == id, "the next attempt");
            connection.Receive($$$"""{"id":{{{id}}},"error":{"code":{{{code}}},"message":"no"}}""");
        }

        (await Should.ThrowAsync<JsonRpcException>(asking)).Code.ShouldBe(code);
        _sent.Count.ShouldBe(attempts);
    }

    [Fact]
    public async Task A_server_that_has_too_much_to_do_is_asked_again_after_a_while()
    {
        var clock = new FakeClock();
        var connection = Connect(clock);
        var asking = connection.Request("thread/start", static _ => { }, CancellationToken.None);

        for (var id = 1; id <= 5; id++)
        {
            await Deadline.Until(() => _sent.Count == id, "the next attempt");
            connection.Receive($$$"""{"id":{{{id}}},"error":{"code":-32001,"message":"Server overloaded; retry later."}}""");
        }

        (await Should.ThrowAsync<JsonRpcException>(asking)).Code.ShouldBe(JsonRpcException.Overloaded);
        _sent.Count.ShouldBe(5);
        clock.Waits.Count.ShouldBe(4);
        clock.Waits.ShouldAllBe(static wait => wait > TimeSpan.Zero);
    }

    [Theory]
    [InlineData(-32600)]
    [InlineData(-32601)]
    [InlineData(-32603)]
    public async Task Any_other_refusal_is_final(int code)
    {
        var connection = Connect();
        var asking = connection.Request("m", static _ => { }, CancellationToken.None);
        connection.Receive($$$"""{"id":1,"error":{"code":{{{code}}},"message":"no"}}""");
        (await Should.ThrowAsync<JsonRpcException>(asking)).Code.ShouldBe(code);
        _sent.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Giving_up_ends_the_waiting()
    {
        using var giveUp = new CancellationTokenSource();
        var asking = Connect().Request("m", static _ => { }, giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asking);
    }

    private JsonRpcConnection Connect(TimeProvider? clock = null) => new("codex", _sent.Add, this, clock ?? TimeProvider.System, new Random(1));
}
