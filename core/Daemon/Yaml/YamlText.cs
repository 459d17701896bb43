using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Donmai.Core.Daemon.Yaml;

/// <summary>
/// Reads a YAML text into values that know their places. Within bounds: neither deep nesting nor aliases of aliases can exhaust the stack or the
/// memory, since nothing is ever expanded and what would be too much is refused.
/// </summary>
internal sealed class YamlText
{
    private const int DeepestNesting = 64;
    private const int MostValues = 20_000;

    private readonly Parser _parser;
    private readonly List<ConfigurationViolation> _violations;
    private readonly Dictionary<string, YamlValue> _anchors = new(StringComparer.Ordinal);
    private int _depth;
    private int _weight;

    private YamlText(string text, List<ConfigurationViolation> violations)
    {
        _parser = new Parser(new StringReader(text));
        _violations = violations;
    }

    /// <summary>The value of the text; <see langword="null"/> when it is empty or its syntax is broken.</summary>
    /// <param name="text">The text.</param>
    /// <param name="violations">What is wrong with it is added here.</param>
    public static YamlValue? Parse(string text, List<ConfigurationViolation> violations)
    {
        try
        {
            return new YamlText(text, violations).Document();
        }
        catch (YamlException broken)
        {
            violations.Add(new ConfigurationViolation(null, LineOf(broken, text), broken.Message.TrimEnd('.')));
            return null;
        }
    }

    // What ends too early is reported behind the last line; a tab is only noticed when the block that it should have continued ends, and is
    // reported at that block's start.
    private static int LineOf(YamlException broken, string text)
    {
        var lines = text.TrimEnd().Split('\n');
        var line = Math.Min((int)broken.Start.Line, lines.Length);
        if (!broken.Message.Contains("tab", StringComparison.Ordinal))
            return line;
        var tab = Array.FindIndex(lines, line - 1, static line => line.AsSpan(0, line.Length - line.AsSpan().TrimStart().Length).Contains('\t'));
        return tab < 0 ? line : tab + 1;
    }

    private YamlValue? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
            return null;
        _parser.Consume<DocumentStart>();
        var root = Value();
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            throw new YamlException(second.Start, second.End, "a second document starts here; only one is read");
        return root;
    }

    private YamlValue Value()
    {
        var start = _parser.Current is null ? Mark.Empty : _parser.Current.Start;
        if (++_depth > DeepestNesting)
            throw TooMuch(start, $"nested more than {DeepestNesting} levels deep");
        if (++_weight > MostValues)
            throw TooMuch(start, $"more than {MostValues} values");
        var value = _parser.Consume<ParsingEvent>() switch
        {
            Scalar scalar => Remember(scalar.Anchor, Single(scalar)),
            SequenceStart sequence => Remember(sequence.Anchor, Sequence(sequence)),
            MappingStart mapping => Remember(mapping.Anchor, Mapping(mapping)),
            AnchorAlias alias => Alias(alias),
            var other => throw TooMuch(other.Start, "a value is expected here"),
        };
        _depth--;
        return value;
    }

    private static YamlScalar Single(Scalar scalar) => new()
    {
        Start = (int)scalar.Start.Index,
        End = (int)scalar.End.Index,
        Line = (int)scalar.Start.Line,
        Text = scalar.Value,
        Style = scalar.Style,
    };

    private YamlSequence Sequence(SequenceStart start)
    {
        var items = new List<YamlValue>();
        while (!_parser.Accept<SequenceEnd>(out _))
            items.Add(Value());
        var end = _parser.Consume<SequenceEnd>();
        var isFlow = start.Style is SequenceStyle.Flow;
        return new YamlSequence(items)
        {
            Start = (int)start.Start.Index,
            End = isFlow ? Behind(end) : items[^1].End,
            Line = (int)start.Start.Line,
            IsFlow = isFlow,
        };
    }

    private YamlMapping Mapping(MappingStart start)
    {
        var entries = new List<YamlEntry>();
        while (!_parser.Accept<MappingEnd>(out _))
            entries.Add(Entry(entries));
        var end = _parser.Consume<MappingEnd>();
        var isFlow = start.Style is MappingStyle.Flow;
        return new YamlMapping(entries)
        {
            Start = (int)start.Start.Index,
            End = isFlow ? Behind(end) : entries[^1].Value.End,
            Line = (int)start.Start.Line,
            IsFlow = isFlow,
        };
    }

    private YamlEntry Entry(List<YamlEntry> earlier)
    {
        if (Value() is not YamlScalar key)
            throw TooMuch(_parser.Current?.Start ?? Mark.Empty, "a key must be a text");
        if (earlier.Find(entry => entry.Key.Text == key.Text) is { } first)
            _violations.Add(new ConfigurationViolation(
                key.Text, key.Line, string.Create(CultureInfo.InvariantCulture, $"the key {key.Text} is already on line {first.Key.Line}")));
        return new YamlEntry(key, Value());
    }

    private YamlAlias Alias(AnchorAlias alias)
    {
        // An anchor is known when its value is complete: what refers to itself does not get here.
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
            throw TooMuch(alias.Start, $"*{alias.Value} refers to nothing that is complete before it");
        _weight += target.Weight - 1;
        if (_weight > MostValues)
            throw TooMuch(alias.Start, $"more than {MostValues} values when *{alias.Value} is followed");
        if (_depth + target.Height - 1 > DeepestNesting)
            throw TooMuch(alias.Start, $"nested more than {DeepestNesting} levels deep when *{alias.Value} is followed");
        return new YamlAlias
        {
            Start = (int)alias.Start.Index,
            End = (int)alias.End.Index,
            Line = (int)alias.Start.Line,
            Target = target,
        };
    }

    // The parser reports a closing bracket without its length.
    private static int Behind(ParsingEvent bracket) => (int)bracket.Start.Index + 1;

    private YamlValue Remember(AnchorName anchor, YamlValue value)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = value;
        return value;
    }

    private static YamlException TooMuch(Mark start, string message) => new(start, start, message);
}
