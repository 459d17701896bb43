using Donmai.Core.Sessions.Logs;
using Donmai.Core.Sessions.Processes;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Tests.Sessions.Processes;

public sealed class Following_output
{
    [Fact]
    [Trait("spec", "DR-37")]
    [Trait("spec", "DR-38")]
    public async Task Lines_are_logged_with_prefix_and_level_before_the_end_is_reported()
    {
        await using var bed = new ProcessBed();
        var logged = new List<(LogLevel Level, string Text)>();
        bed.Exits.Before = _ => logged.AddRange(bed.Log.Lines);

        bed.Start("s", "echo one; echo; echo two >&2; printf 'last without line feed'");
        await bed.Exits.Of("s");

        logged.Where(static line => line.Level is LogLevel.Information).Select(static line => line.Text).ShouldBe(
            ["[child stdout sessionID=s] one", "[child stdout sessionID=s] ", "[child stdout sessionID=s] last without line feed"]);
        logged.Where(static line => line.Level is LogLevel.Warning).Select(static line => line.Text).ShouldBe(["[child stderr sessionID=s] two"]);
    }

    [Fact]
    [Trait("spec", "DR-37")]
    public async Task Lines_are_logged_while_the_session_lives()
    {
        await using var bed = new ProcessBed();

        var identity = bed.Start("s", "echo early; sleep 60");

        await ProcessBed.Until(
            () => bed.Log.Lines.Any(static line => line.Text == "[child stdout sessionID=s] early"), "nothing was logged");
        await bed.Processes.Stop("s", identity, TimeSpan.Zero);
    }

    [Fact]
    [Trait("spec", "DR-37")]
    public async Task A_line_of_a_mebibyte_is_logged_in_marked_parts_and_blocks_nobody()
    {
        await using var bed = new ProcessBed();

        bed.Start("s", "head -c 1048576 /dev/zero | tr '\\0' x; echo; echo after");
        (await bed.Exits.Of("s")).ExitCode.ShouldBe(0);

        var lines = bed.Log.Lines.Where(static line => line.Level == LogLevel.Information)
            .Select(static line => line.Text["[child stdout sessionID=s] ".Length..]).ToList();
        lines[^1].ShouldBe("after");
        lines[..^1].Count.ShouldBe(17);
        for (var part = 1; part <= 16; part++)
            lines[part - 1].ShouldStartWith($"(part {part}) xxx");
        lines[16].ShouldBe("(part 17, last) ");
        lines[..^1].Sum(static line => line.Count(static c => c == 'x')).ShouldBe(1024 * 1024);
    }

    [Fact]
    public async Task What_cannot_be_passed_on_ends_neither_the_daemon_nor_keeps_the_end_from_being_reported()
    {
        await using var bed = new ProcessBed();
        bed.Log.Poison = "poison";

        bed.Start("s", $"echo poison; until [ -e {bed.Root}/one ]; do sleep 0.02; done; echo harmless; until [ -e {bed.Root}/two ]; do sleep 0.02; done; echo poison");
        bed.Start("t", $"until [ -e {bed.Root}/one ]; do sleep 0.02; done; echo of another");
        await ProcessBed.Until(() => bed.Log.Lines.Any(static line => line.Text.Contains("cannot be read", StringComparison.Ordinal)), "nothing broke");
        await File.WriteAllTextAsync(Path.Join(bed.Root, "one"), "");
        await ProcessBed.Until(() => bed.Log.Lines.Any(static line => line.Text.EndsWith("harmless", StringComparison.Ordinal)), "the next line was not shown");
        await File.WriteAllTextAsync(Path.Join(bed.Root, "two"), "");

        (await bed.Exits.Of("s")).ExitCode.ShouldBe(0);
        (await bed.Exits.Of("t")).ExitCode.ShouldBe(0);
        var lines = bed.Log.Lines.Select(static line => line.Text).ToList();
        lines.ShouldContain("[child stdout sessionID=s] harmless");
        lines.ShouldContain("[child stdout sessionID=t] of another");
        lines.Count(static line => line.StartsWith("The output of session s cannot be read: the log breaks", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void A_line_is_shown_once_it_is_complete_and_characters_are_not_cut()
    {
        var path = Path.GetTempFileName();
        try
        {
            var tail = new OutputTail(path, default, new SecretRedactor(), kept: 0);
            var lines = new List<string>();

            File.AppendAllText(path, "half");
            Read(tail, atEnd: false, lines.Add);
            lines.ShouldBeEmpty();
            File.AppendAllText(path, " done\r\n" + new string('ä', 40_000) + "\n");
            Read(tail, atEnd: false, lines.Add);

            lines[0].ShouldBe("half done");
            lines.Count.ShouldBe(3);
            string.Concat(lines.Skip(1)).ShouldNotContain('�');
            Read(tail, atEnd: true, lines.Add);
            lines.Count.ShouldBe(3);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Read(OutputTail tail, bool atEnd, Action<string> line)
    {
        while (tail.ReadPiece(atEnd, line))
        {
        }
    }
}
