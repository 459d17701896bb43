namespace Donmai.Cli.Rendering;

/// <summary>One line of output, or a paragraph that is wrapped under its mark.</summary>
internal sealed record Line
{
    /// <summary>Empty line.</summary>
    public static Line Empty { get; } = new();

    /// <summary>What stands before the text and is never wrapped; <see langword="null"/> or empty for none.</summary>
    public Span? Mark { get; init; }

    /// <summary>The text.</summary>
    public IReadOnlyList<Span> Spans { get; init; } = [];

    /// <summary>Whether text that is too long for a terminal is cut rather than wrapped.</summary>
    public bool OneRow { get; init; }

    /// <summary>Whether the text is for copying: a terminal may break it, this program does not.</summary>
    public bool Unbroken { get; init; }

    /// <summary>A line of these pieces; texts are cleaned (<see cref="TerminalText"/>).</summary>
    public static Line Of(params ReadOnlySpan<(string Text, Tone Tone)> pieces)
    {
        var spans = new List<Span>(pieces.Length);
        foreach (var (text, tone) in pieces)
            spans.Add(new Span(TerminalText.Clean(text), tone));
        return new Line { Spans = spans };
    }

    /// <summary>The line as plain text.</summary>
    public override string ToString() =>
        (Mark?.Text is { Length: > 0 } mark ? mark + " " : "") + (Spans.Count == 1 ? Spans[0].Text : string.Concat(Spans.Select(static span => span.Text)));
}
