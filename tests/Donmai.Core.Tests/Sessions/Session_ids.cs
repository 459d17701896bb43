using Donmai.Core.Sessions;

namespace Donmai.Core.Tests.Sessions;

public sealed class Session_ids
{
    [Theory]
    [InlineData("ses_0a41", true)]
    [InlineData("0d0f5c1e-6c55-4b0e-9a53-2d3a2f6f9b11", true)]
    [InlineData("A:b.c-d_9", true)]
    [InlineData("", false)]
    [InlineData("..", false)]
    [InlineData(".records", false)]
    [InlineData("../etc", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    public void Only_plain_names_are_usable(string id, bool usable) => SessionIds.IsUsable(id).ShouldBe(usable);

    [Fact]
    public void An_id_has_at_most_128_characters()
    {
        SessionIds.IsUsable(new string('a', 128)).ShouldBeTrue();
        SessionIds.IsUsable(new string('a', 129)).ShouldBeFalse();
    }
}
