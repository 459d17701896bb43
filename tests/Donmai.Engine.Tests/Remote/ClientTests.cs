using Donmai.Engine.Tests.Calls;
using Donmai.Engine.Tests.Filters;
using Donmai.Engine.Tests.Streams;
using Donmai.Engine.Tests.Values;

namespace Donmai.Engine.Tests.Remote;

public sealed class ClientTests(RemoteFixture remote) : IClassFixture<RemoteFixture>
{
    private readonly RemoteSilo _silo = remote.Silo;
    private readonly IClusterClient _client = remote.Client;

    [Fact]
    public async Task Calls_results_and_references_cross_the_wire()
    {
        var counter = _client.GetGrain<ICounterGrain>("remote");
        (await counter.Add(5)).ShouldBe(5);
        var self = await counter.Self();
        (await self.Add(1)).ShouldBe(6);
        (await _client.GetGrain<ICounterGrain>("remote adder").AddTo(self, 4)).ShouldBe(10);
        (await counter.Value()).ShouldBe(10);
        await counter.Reset();
        (await _client.GetGrain<ICompassGrain>(-9).Key()).ShouldBe(-9);
        (await counter.Overload("a", "b")).ShouldBe("string a b");
    }

    [Fact]
    public async Task Two_hundred_calls_at_once_are_all_answered()
    {
        var counter = _client.GetGrain<ICounterGrain>("crowd");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => counter.Add(1)));
        (await counter.Value()).ShouldBe(200);
    }

    [Fact]
    public async Task Values_of_every_kind_cross_the_wire()
    {
        var mirror = _client.GetGrain<IMirrorGrain>("remote");
        var letter = Letters.Full(_client.GetGrain<ICounterGrain>("remote in a record"));
        var back = await mirror.Letter(letter);
        Letters.Show(back).ShouldBe(Letters.Show(letter));
        (await back.Counter!.Add(2)).ShouldBe(2);
        (await mirror.Shape(new Group { Name = "g", Members = [new Circle { Name = "c", Radius = 3 }] }))
            .ShouldBeOfType<Group>().Members[0].ShouldBe(new Circle { Name = "c", Radius = 3 });
        (await mirror.Pair(new Pair<int, string[]> { First = 1, Second = ["x"] })).Second.ShouldBe(["x"]);
        (await mirror.Numbers(new List<int> { 1, 2 })).ShouldBe([1, 2]);
        (await mirror.Anything(new Point(1, 2))).ShouldBe(new Point(1, 2));
        (await mirror.Anything(null)).ShouldBeNull();
        (await mirror.Default(null, 3, Level.Low, default)).ShouldBe("null 3 Low");
    }

    [Fact]
    public async Task Exceptions_cross_the_wire_unharmed()
    {
        var mirror = _client.GetGrain<IMirrorGrain>("remote failures");
        var invalid = await Should.ThrowAsync<InvalidOperationException>(() => mirror.Throw("invalid"));
        invalid.Message.ShouldBe("not now");
        invalid.InnerException.ShouldBeOfType<IOException>().Message.ShouldBe("disk");
        invalid.StackTrace.ShouldNotBeNull().ShouldContain(nameof(MirrorGrain));
        var notFound = await Should.ThrowAsync<NotFoundException>(() => mirror.Throw("not found"));
        (notFound.Message, notFound.Status, notFound.What).ShouldBe(("There is no session.", 404, "session"));
        (await Should.ThrowAsync<ArgumentException>(() => mirror.Throw("argument"))).Message.ShouldContain("is wrong");
    }

    [Fact]
    public async Task Sequences_cross_the_wire_item_by_item()
    {
        var items = new List<int>();
        await foreach (var item in _client.GetGrain<ISourceGrain>("remote all").Count(500))
        {
            items.Add(item);
        }

        items.ShouldBe(Enumerable.Range(1, 500));
        var letters = new List<int?>();
        await foreach (var letter in _client.GetGrain<ISourceGrain>("remote letters").Letters(3))
        {
            letters.Add(letter.Number);
        }

        letters.ShouldBe([0, 1, 2]);
        (await Should.ThrowAsync<RefusalException>(async () =>
        {
            await foreach (var _ in _client.GetGrain<ISourceGrain>("remote fails").FailsAfter(2))
            {
                items.Add(0);
            }
        })).Status.ShouldBe(410);
    }

    [Fact]
    public async Task A_sequence_is_live_and_can_be_cancelled_over_the_wire()
    {
        using var cancellation = new CancellationTokenSource();
        await using var items = _client.GetGrain<ISourceGrain>("remote live").Gated(["r1", "never"], cancellation.Token).GetAsyncEnumerator();
        var first = items.MoveNextAsync();
        _silo.Witness.Open("r1");
        (await first).ShouldBeTrue();
        var second = items.MoveNextAsync();
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await second);
        (await _silo.Witness.Next("remote live")).ShouldBe("gated cancelled");
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_on_the_other_side()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _client.GetGrain<ISourceGrain>("remote token").WaitForToken(cancellation.Token);
        (await _silo.Witness.Next("remote token")).ShouldBe("waiting");
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        (await _silo.Witness.Next("remote token")).ShouldBe("token cancelled");
    }

    [Fact]
    public async Task The_request_context_crosses_the_wire()
    {
        RequestContext.Set("user", "ada");
        (await _client.GetGrain<IFilteredGrain>("remote context").ReadContext("user")).ShouldBe("ada");
        RequestContext.Clear();
    }

    [Fact]
    public async Task A_timeout_is_the_callers()
    {
        var waiting = _client.GetGrain<Turns.ITurnGrain>("remote short").WaitShortly("remote gate");
        await Should.ThrowAsync<TimeoutException>(() => waiting);
        _silo.Witness.Open("remote gate");
    }

    [Fact]
    public async Task One_way_calls_are_sent_and_not_waited_for()
    {
        await _client.GetGrain<Turns.ITurnGrain>("remote one way").FireAndForget("sent");
        (await _silo.Witness.Next("remote one way")).ShouldBe("sent");
    }

    [Fact]
    public void An_interface_without_a_class_is_refused_at_once() =>
        Should.Throw<ArgumentException>(() => _client.GetGrain<IOrphanGrain>("x")).Message.ShouldContain(nameof(IOrphanGrain));
}
