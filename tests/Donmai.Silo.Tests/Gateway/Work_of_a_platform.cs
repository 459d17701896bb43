using System.Text.Json;
using Donmai.Client;
using Donmai.Sessions;
using NSubstitute;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>What a worker of the platform's work reads and says.</summary>
public sealed class Work_of_a_platform : IAsyncLifetime
{
    private GatewayUnderTest _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayUnderTest.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact, Trait("spec", "DR-48")]
    public async Task Fields_that_no_member_has_stand_beside_those_that_one_has()
    {
        _gateway.AddSession("s1").Detail().Returns(new SessionDetail
        {
            SessionId = "s1",
            Title = "Größe \"1\"",
            Inbox = [new InboxMessage { DeliveryId = "d1", Text = "Go on", Kind = "user" }],
            OtherFields = new JsonText("""{"priority":0,"new":{"a":[1.50,"ü"]}}"""),
        });

        var body = (await _gateway.Raw("GET", "/api/daemon/sessions/s1")).Body;

        body.TrimEnd().ShouldBe(
            """{"sessionId":"s1","title":"Größe \"1\"","inbox":[{"deliveryId":"d1","text":"Go on","kind":"user"}],"priority":0,"new":{"a":[1.50,"ü"]}}""");
        JsonSerializer.Deserialize(body, ControlApiJson.Default.SessionDetail)!.Title.ShouldBe("Größe \"1\"");
    }

    [Fact]
    public async Task A_message_is_acknowledged_by_its_id()
    {
        var session = _gateway.AddSession("s1");
        session.AcknowledgeInput("d 1").Returns(true);
        using var client = new DonmaiClient(_gateway.Http.BaseAddress!.ToString());

        (await client.AcknowledgeInput("s1", "d 1")).ShouldBeTrue();
        (await client.AcknowledgeInput("s1", "other")).ShouldBeFalse();
        (await _gateway.Raw("POST", "/api/daemon/sessions/s1/inbox/d%201/ack")).Body.TrimEnd()
            .ShouldBe("""{"sessionId":"s1","deliveryId":"d 1","acknowledged":true}""");
    }

    [Fact]
    public async Task An_ended_session_has_no_messages_to_acknowledge()
    {
        _gateway.AddSession("s1").AcknowledgeInput("d1").Returns(Task.FromException<bool>(new SessionNotFoundException("s1")));
        using var client = new DonmaiClient(_gateway.Http.BaseAddress!.ToString());

        (await Should.ThrowAsync<NotFoundException>(() => client.AcknowledgeInput("s1", "d1"))).Message.ShouldBe("session not found: s1");
        await Should.ThrowAsync<NotFoundException>(() => client.AcknowledgeInput("s1", ""));
    }
}
