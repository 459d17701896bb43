namespace Donmai.Cli.Rendering;

/// <summary>Names and values, one below the other; what has no value is left out.</summary>
internal sealed class Facts
{
    private readonly List<string> _names = [];
    private readonly List<Span> _values = [];

    /// <summary>Adds a fact, unless <paramref name="value"/> is empty.</summary>
    public Facts Add(string name, string? value, Tone tone = Tone.Plain)
    {
        if (string.IsNullOrEmpty(value))
            return this;
        _names.Add(name);
        _values.Add(new Span(TerminalText.OneLine(value), tone));
        return this;
    }

    /// <summary>Writes them with their values in one column.</summary>
    public void WriteTo(IScreen screen)
    {
        var width = 0;
        foreach (var name in _names)
            width = Math.Max(width, name.Length + 1);
        for (var i = 0; i < _names.Count; i++)
            screen.Write(new Line { Mark = new Span(_names[i].PadRight(width), Tone.Quiet), Spans = new[] { _values[i] } });
    }
}
