using Donmai.Cli.Rendering;

namespace Donmai.Cli.Tests.Rendering;

public sealed class Amounts_for_people
{
    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(9.9, "9 s")]
    [InlineData(65, "1 min 05 s")]
    [InlineData(3 * 3600 + 7 * 60, "3 h 07 min")]
    [InlineData(100 * 3600, "4 d 4 h")]
    public void Durations(double seconds, string text) => Amounts.Duration(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(65, "1 min")]
    [InlineData(86399, "23 h")]
    [InlineData(100 * 3600, "4 d")]
    public void Ages(double seconds, string text) => Amounts.Age(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData(0.2143, "$0.2143")]
    [InlineData(0.5, "$0.50")]
    [InlineData(12.5, "$12.50")]
    public void Dollars(double amount, string text) => Amounts.Dollars(amount).ShouldBe(text);

    [Theory]
    [InlineData(950, "950", "950 B")]
    [InlineData(12_300, "12.3 k", "12.3 kB")]
    [InlineData(1_500_000, "1.5 M", "1.5 MB")]
    public void Counts_and_sizes(long number, string count, string size)
    {
        Amounts.Count(number).ShouldBe(count);
        Amounts.Bytes(number).ShouldBe(size);
    }
}
