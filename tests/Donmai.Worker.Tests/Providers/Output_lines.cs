using System.Text;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Tests.Providers;

public sealed class Output_lines
{
    [Theory, Trait("spec", "WK-50")]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\r\nb\r\n", "a|b")]
    [InlineData("a\n\n\r\nb", "a|b")]
    [InlineData("a\rb\n", "a\rb")]
    [InlineData("", "")]
    public void Lines_are_cut_at_line_feeds(string text, string lines)
    {
        foreach (var piece in new[] { 1, 3, 1000 })
            string.Join('|', Cut(Encoding.UTF8.GetBytes(text), piece, 1024).Select(static line => line.Text)).ShouldBe(lines);
    }

    [Fact, Trait("spec", "WK-50")]
    public void Invalid_UTF8_is_replaced_and_characters_may_be_split_between_pieces()
    {
        Cut([0x61, 0xff, 0x62, 0x0a], 1, 1024).Single().Text.ShouldBe("a\ufffdb");
        Cut(Encoding.UTF8.GetBytes("äöü😀\n"), 1, 1024).Single().Text.ShouldBe("äöü😀");
    }

    [Theory, Trait("spec", "WK-50")]
    [InlineData(100 * 1024)]
    [InlineData(5 * 1024 * 1024)]
    public void Long_lines_are_kept(int length) =>
        Cut([.. Enumerable.Repeat((byte)'x', length), (byte)'\n'], 65_536, 32 * 1024 * 1024).Single().Text.Length.ShouldBe(length);

    [Fact, Trait("spec", "WK-50")]
    public void A_line_above_the_limit_is_skipped_to_its_end_and_counted()
    {
        var bytes = Encoding.UTF8.GetBytes($"before\n{new string('x', 40_000)}\nafter\n{new string('y', 40_000)}");
        Cut(bytes, 999, 32_768).ShouldBe([new OutputLine("before"), new OutputLine("", 40_000), new OutputLine("after"), new OutputLine("", 40_000)]);
    }

    [Fact, Trait("spec", "WK-51")]
    public void The_tail_keeps_exactly_the_last_8192_bytes()
    {
        var written = Enumerable.Range(0, 30_000).Select(static number => (byte)(number % 251)).ToArray();
        foreach (var piece in new[] { 1, 100, 8191, 8192, 8193, 30_000 })
        {
            var tail = new OutputTail();
            foreach (var chunk in written.Chunk(piece))
                tail.Take(chunk);
            tail.ToArray().ShouldBe(written[^8192..]);
        }
    }

    private static List<OutputLine> Cut(byte[] bytes, int piece, int limit)
    {
        var buffer = new LineBuffer(limit);
        return [.. bytes.Chunk(piece).SelectMany(chunk => buffer.Take(chunk)), .. buffer.End()];
    }
}
