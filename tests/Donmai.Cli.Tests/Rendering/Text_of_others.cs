namespace Donmai.Cli.Tests.Rendering;

public sealed class Text_of_others
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("ümläut 漢字 🙂", "ümläut 漢字 🙂")]
    [InlineData("a\tb", "a    b")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("\u001b[2Jgone", "\ufffd[2Jgone")]
    [InlineData("\u009b31mred", "\ufffd31mred")]
    [InlineData("\u0007", "\ufffd")]
    [InlineData("abc\u202edcba", "abc\ufffddcba")]
    public void Cannot_steer_the_terminal(string text, string clean) => TerminalText.Clean(text).ShouldBe(clean);

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly", 7, "exactly")]
    [InlineData("too long", 4, "too…")]
    [InlineData("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2, "👩‍👩‍👧‍👦…")]
    public void Is_cut_between_letters(string text, int width, string cut) => TerminalText.Crop(text, width).ShouldBe(cut);
}
