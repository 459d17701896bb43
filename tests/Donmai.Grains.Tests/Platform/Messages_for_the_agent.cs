using System.Text.Json.Nodes;
using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Platform;

public sealed class Messages_for_the_agent
{
    [Fact]
    public async Task Messages_of_a_poll_are_shown_until_the_agent_has_taken_them_and_never_twice()
    {
        await using var machine = await TestMachine.Linked();
        await machine.Accept("s1");
        await Sends(machine, "s1", Message("d1", "Use the other branch", "user"), Message("d2", " "), Message("d3", "It is Tuesday", "memory"));

        await machine.Until(async () => (await machine.Session("s1").Detail()).Inbox is { Count: 2 });
        (await machine.Session("s1").Detail()).Inbox.ShouldBe(
        [
            new InboxMessage { DeliveryId = "d1", Text = "Use the other branch", Kind = "user" },
            new InboxMessage { DeliveryId = "d3", Text = "It is Tuesday", Kind = "memory" },
        ]);
        (await machine.Session("s1").AcknowledgeInput("d1")).ShouldBeTrue();
        (await machine.Session("s1").AcknowledgeInput("d1")).ShouldBeTrue("again is harmless");
        (await machine.Session("s1").AcknowledgeInput("nobody's")).ShouldBeFalse();
        await Sends(machine, "s1", Message("d1", "Use the other branch"), Message("d3", "It is Tuesday"), Message("d4", "Done?"));
        await machine.Until(async () => (await machine.Session("s1").Detail()).Inbox is { Count: 2 });

        (await machine.Session("s1").Detail()).Inbox!.ConvertAll(static message => message.DeliveryId).ShouldBe(["d3", "d4"]);
    }

    [Fact]
    public async Task Messages_and_what_was_taken_survive_the_daemon()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("s1");
        await machine.RecordProcess("s1");
        await machine.Session("s1").Deliver([new InboxMessage { DeliveryId = "d1", Text = "one" }, new InboxMessage { DeliveryId = "d2", Text = "two" }]);
        await machine.Session("s1").AcknowledgeInput("d1");

        await machine.Restart();
        await machine.Session("s1").Deliver([new InboxMessage { DeliveryId = "d1", Text = "one" }]);

        (await machine.Session("s1").Detail()).Inbox.ShouldHaveSingleItem().DeliveryId.ShouldBe("d2");
    }

    [Fact]
    public async Task Messages_for_nobody_do_not_keep_those_for_somebody()
    {
        await using var machine = await TestMachine.Linked();
        await machine.Accept("s1");
        machine.Platform.NextPoll = new JsonObject
        {
            ["hasInboxMessages"] = true,
            ["inboxMessages"] = new JsonObject { ["gone"] = new JsonArray(Message("d1", "x")), ["../x"] = new JsonArray(Message("d1", "x")), ["s1"] = new JsonArray(Message("d2", "y")) },
        };

        await machine.Until(async () => (await machine.Session("s1").Detail()).Inbox is { Count: 1 });

        machine.Log.Lines.ShouldContain(static line => line.Contains("session gone, which does not run here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_without_an_id_gets_one_and_too_many_are_left_to_the_platform()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("s1");

        await machine.Session("s1").Deliver([new InboxMessage { Text = "no id" }]);
        var id = (await machine.Session("s1").Detail()).Inbox.ShouldHaveSingleItem().DeliveryId;
        id.ShouldNotBeEmpty();
        (await machine.Session("s1").AcknowledgeInput(id)).ShouldBeTrue();
        await machine.Session("s1").Deliver([.. Enumerable.Range(0, 1000).Select(static n => new InboxMessage { DeliveryId = $"d{n}", Text = "more" })]);

        (await machine.Session("s1").Detail()).Inbox!.Count.ShouldBe(256);
    }

    [Fact]
    public async Task An_ended_session_takes_no_messages()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("s1");
        await machine.Exit("s1");

        await Should.ThrowAsync<SessionNotFoundException>(machine.Session("s1").Deliver([new InboxMessage { DeliveryId = "d1", Text = "late" }]));
        await Should.ThrowAsync<SessionNotFoundException>(machine.Session("s1").AcknowledgeInput("d1"));
    }

    private static Task Sends(TestMachine machine, string sessionId, params JsonNode?[] messages)
    {
        machine.Platform.NextPoll = new JsonObject { ["hasInboxMessages"] = true, ["inboxMessages"] = new JsonObject { [sessionId] = new JsonArray(messages) } };
        return machine.Until(() => machine.Platform.NextPoll is null);
    }

    private static JsonObject Message(string deliveryId, string text, string kind = "") => new() { ["deliveryId"] = deliveryId, ["text"] = text, ["kind"] = kind };
}
