namespace Donmai.Cli.Rendering;

/// <summary>Names and values, one below the other; what has no value is left out.</summary>
internal sealed class Facts
{
    private readonly List<(string Name, Span Value)> _facts = [];

    /// <summary>Adds a fact, unless <paramref name="value"/> is empty.</summary>
    public Facts Add(string name, string? value, Tone tone = Tone.Plain)
    {
        if (!string.IsNullOrEmpty(value))
            _facts.Add((name, new Span(TerminalText.OneLine(value), tone)));
        return this;
    }

    /// <summary>Writes them with their values in one column.</summary>
    public void WriteTo(IScreen screen)
    {
        var width = _facts.Count == 0 ? 0 : _facts.Max(static fact => fact.Name.Length) + 1;
        foreach (var (name, value) in _facts)
            screen.Write(new Line { Mark = new Span(name.PadRight(width), Tone.Quiet), Spans = [value] });
    }
}
