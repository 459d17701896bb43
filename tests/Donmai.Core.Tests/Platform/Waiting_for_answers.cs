using Donmai.Core.Platform;

namespace Donmai.Core.Tests.Platform;

public sealed class Waiting_for_answers
{
    [Theory]
    [InlineData("2", 30, 2)]
    [InlineData("60", 30, 30)]
    [InlineData(null, 30, 30)]
    [InlineData("", 5, 5)]
    [InlineData("0", 5, 5)]
    [InlineData("301", 400, 400)]
    [InlineData("2.5", 5, 5)]
    [InlineData("-1", 5, 5)]
    public void A_machine_can_be_less_patient_than_a_call_and_never_more(string? value, int usual, int expected) =>
        PlatformPatience.Of(value).Bound(TimeSpan.FromSeconds(usual)).ShouldBe(TimeSpan.FromSeconds(expected));
}
