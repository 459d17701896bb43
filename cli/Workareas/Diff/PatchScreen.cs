using Donmai.Cli.Rendering;

namespace Donmai.Cli.Workareas.Diff;

/// <summary>Where a patch goes: to a terminal coloured and made harmless, elsewhere to the letter, so that it can be applied.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="terminal">The terminal, if that is one.</param>
internal sealed class PatchScreen(TextWriter output, IScreen? terminal)
{
    /// <summary>The screen of <paramref name="output"/>.</summary>
    public static PatchScreen For(TextWriter output) => new(output, Screen.For(output) is TerminalScreen terminal ? terminal : null);

    /// <summary>Writes one line.</summary>
    public void Write(PatchLine line)
    {
        if (terminal is null)
        {
            output.Write(line.Text);
            output.Write('\n');
            return;
        }

        // A carriage return would be shown as a line of its own; git shows it as this.
        var text = TerminalText.Clean(line.Text.Replace("\r", "^M", StringComparison.Ordinal)).Replace('\n', ' ');
        terminal.Write(new Line { Spans = [new Span(text, line.Tone)], Unbroken = true });
    }
}
