using Donmai.Core.Platform;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Platform;

public sealed class Reading_messages
{
    [Fact]
    public void Messages_are_read_one_by_one_and_blank_ones_are_left_out()
    {
        var read = InboxReading.Read(
            new JsonText("""
                {"s1":[{"deliveryId":"d1","text":"Go on","kind":"user","turnId":"t1"},{"deliveryId":"d2","text":"  "},7,{"text":5},{"text":"Known","kind":null}],
                 "s2":"none","s3":[]}
                """),
            out var malformed);

        malformed.ShouldBe(2);
        read.Keys.ShouldBe(["s1"]);
        read["s1"].ShouldBe(
        [
            new InboxMessage { DeliveryId = "d1", Text = "Go on", Kind = "user", TurnId = "t1" },
            new InboxMessage { Text = "Known" },
        ]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    public void What_is_no_map_has_no_messages(string? text) => InboxReading.Read(text is null ? null : new JsonText(text), out _).ShouldBeEmpty();
}
