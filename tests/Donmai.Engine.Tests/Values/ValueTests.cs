using System.Collections.Immutable;
using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Values;

public sealed class ValueTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly EngineCluster _cluster = engine.Cluster;

    private IMirrorGrain Mirror => _cluster.Grain<IMirrorGrain>("m");

    [Fact]
    public async Task A_record_with_members_of_every_kind_comes_back_as_it_was()
    {
        var letter = Letters.Full(_cluster.Grain<Calls.ICounterGrain>("in a record"));
        var back = await Mirror.Letter(letter);
        Letters.Show(back).ShouldBe(Letters.Show(letter));
        await back.Counter!.Add(3);
        (await _cluster.Grain<Calls.ICounterGrain>("in a record").Value()).ShouldBe(3);
    }

    [Fact]
    public async Task Empty_members_come_back_empty()
    {
        var back = await Mirror.Letter(new Letter { Text = "" });
        back.Number.ShouldBeNull();
        back.Words.ShouldBeEmpty();
        back.Table.ShouldBeEmpty();
        back.Flag.ShouldBeTrue();
        back.Pair.ShouldBeNull();
    }

    [Fact]
    public async Task A_derived_record_keeps_its_type()
    {
        var group = new Group
        {
            Name = "g",
            Members = [new Circle { Name = "c", Radius = 1.5 }, new Group { Name = "inner" }],
            ByName = new Dictionary<string, Shape> { ["k"] = new Circle { Name = "k" } },
        };
        var back = (await Mirror.Shape(group)).ShouldBeOfType<Group>();
        back.Name.ShouldBe("g");
        back.Members[0].ShouldBe(new Circle { Name = "c", Radius = 1.5 });
        back.Members[1].ShouldBeOfType<Group>().Name.ShouldBe("inner");
        back.ByName["k"].ShouldBeOfType<Circle>();
    }

    [Fact]
    public async Task Generic_records_structs_and_untyped_values_come_back()
    {
        var pair = await Mirror.Pair(new Pair<int, string[]> { First = 1, Second = ["x"] });
        pair.First.ShouldBe(1);
        pair.Second.ShouldBe(["x"]);
        (await Mirror.Point(new Point(3, 4))).ShouldBe(new Point(3, 4));
        (await Mirror.Anything(null)).ShouldBeNull();
        (await Mirror.Anything(5)).ShouldBe(5);
        (await Mirror.Anything("text")).ShouldBe("text");
        (await Mirror.Anything(new Point(1, 1))).ShouldBe(new Point(1, 1));
        (await Mirror.Texts(["a", "b"])).ShouldBe(["a", "b"]);
        (await Mirror.Texts(ImmutableArray<string>.Empty)).ShouldBeEmpty();
        (await Mirror.Default(null, null, Level.High, CancellationToken.None)).ShouldBe("null null High");
    }

    [Fact]
    public async Task A_list_behind_an_interface_comes_back() =>
        (await Mirror.Numbers(new List<int> { 1, 2, 3 })).ShouldBe([1, 2, 3]);

    [Fact]
    public async Task The_grain_and_its_caller_have_each_their_own_mutable_object()
    {
        var mine = new Basket { Items = ["mine"], Inner = new Basket { Items = ["inner"] } };
        (await Mirror.Put(mine)).ShouldBe(2);
        mine.Items.ShouldBe(["mine"]);
        mine.Inner.Items.Add("changed after the call");
        var seen = await Mirror.Look();
        seen.Items.ShouldBe(["mine", "from the grain"]);
        seen.Inner!.Items.ShouldBe(["inner"]);
        seen.Items.Clear();
        (await Mirror.Look()).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_type_that_nobody_has_marked_does_not_cross()
    {
        var failure = await Should.ThrowAsync<Exception>(() => Mirror.Anything(new Unmarked { Text = "x" }));
        failure.ToString().ShouldContain(nameof(Unmarked));
    }

    [Fact]
    public async Task Exceptions_keep_type_message_cause_and_members()
    {
        var invalid = await Should.ThrowAsync<InvalidOperationException>(() => Mirror.Throw("invalid"));
        invalid.Message.ShouldBe("not now");
        invalid.InnerException.ShouldBeOfType<IOException>().Message.ShouldBe("disk");
        invalid.StackTrace.ShouldNotBeNull().ShouldContain(nameof(MirrorGrain));
        (await Should.ThrowAsync<ArgumentException>(() => Mirror.Throw("argument"))).Message.ShouldContain("is wrong");
        var refusal = await Should.ThrowAsync<RefusalException>(() => Mirror.Throw("refusal"));
        (refusal.Message, refusal.Status).ShouldBe(("no", 409));
        var notFound = await Should.ThrowAsync<NotFoundException>(() => Mirror.Throw("not found"));
        (notFound.Message, notFound.Status, notFound.What).ShouldBe(("There is no session.", 404, "session"));
        await Should.ThrowAsync<OperationCanceledException>(() => Mirror.Throw("cancelled"));
        (await Should.ThrowAsync<TimeoutException>(() => Mirror.Throw("later"))).Message.ShouldBe("later");
        await Mirror.Throw("nothing");
    }

    [Fact]
    public async Task A_value_that_is_nested_hundreds_deep_fails_its_call_or_arrives_and_ends_no_process()
    {
        var deep = new Basket();
        for (var i = 0; i < 400; i++)
        {
            deep = new Basket { Inner = deep };
        }

        try
        {
            (await Mirror.Put(deep)).ShouldBe(1);
        }
        catch (InvalidOperationException exception)
        {
            exception.Message.ShouldContain("nested too deeply");
        }

        (await Mirror.Put(new Basket())).ShouldBe(1);
    }
}
