using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace Donmai.Core.Daemon.Yaml;

/// <summary>
/// Changes a YAML text in places and leaves every other character as it is. After every change the text is read again and must say what it said
/// before, but for the change: a text that is written in a way that does not allow this is refused and not damaged.
/// </summary>
internal sealed class YamlEditor
{
    private readonly YamlLines _lines;
    private readonly string _newline;

    /// <summary>Begins to edit a text.</summary>
    /// <param name="path">The file it is from.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="DaemonConfigurationException">Its syntax is broken.</exception>
    public YamlEditor(string path, string text)
    {
        Text = text;
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        _newline = end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
        _lines = new YamlLines(_newline);
        Root = Parse(path, text);
        Leaves = YamlLeaves.Of(Root);
    }

    /// <summary>The text as it is now.</summary>
    public string Text { get; private set; }

    /// <summary>What the text says now.</summary>
    public SortedDictionary<string, string> Leaves { get; private set; }

    /// <summary>The values of the text as it is now; <see langword="null"/> when there are none.</summary>
    public YamlMapping? Root { get; private set; }

    /// <summary>Sets a value; what is missing on the way to it is made.</summary>
    /// <exception cref="ConfigurationEditException">It cannot be set in this text.</exception>
    public void Set(string path, JsonNode value)
    {
        var way = YamlPath.Parse(path);
        if (way.Steps[^1] is int)
            throw new ConfigurationEditException($"{path} is an item of a list; name a key of it, or set the whole list");
        var place = new YamlPlace(way, Root);
        if (place.Obstacle is { } obstacle)
            throw new ConfigurationEditException(obstacle);
        var expected = YamlLeafChanges.Set(Leaves, path, value);
        if (!expected.SequenceEqual(Leaves))
            Accept(Write(place, value), expected, path);
    }

    /// <summary>Takes a key out, if it is there.</summary>
    /// <exception cref="ConfigurationEditException">It cannot be taken out of this text.</exception>
    public void Unset(string path)
    {
        var place = new YamlPlace(YamlPath.Parse(path), Root);
        if (place is { IsWhole: true, Entry: not null, Mapping: { } mapping })
            Accept(YamlRemoval.OfEntry(Text, mapping, place.Entry), YamlLeafChanges.Unset(Leaves, path), path);
    }

    /// <summary>Gives a key another name, if it is there.</summary>
    /// <exception cref="ConfigurationEditException">It cannot be done in this text.</exception>
    public void Rename(string path, string name)
    {
        var way = YamlPath.Parse(path);
        if (new YamlPlace(way, Root) is { IsWhole: true, Entry: { } entry })
            Accept(Spliced(entry.Key.Start, entry.Key.End, name), YamlLeafChanges.Rename(Leaves, path, $"{way.Text(way.Steps.Count - 1)}.{name}"), path);
    }

    /// <summary>Adds an item to the end of a list; the list is made when there is none.</summary>
    /// <exception cref="ConfigurationEditException">It cannot be added in this text.</exception>
    public void Append(string path, JsonObject item)
    {
        var place = new YamlPlace(YamlPath.Parse(path), Root);
        if (place is { IsWhole: true, Entry.Value: YamlSequence { Items.Count: > 0 } list })
        {
            var last = list.Items[^1];
            var text = list.IsFlow
                ? Spliced(last.End, last.End, $", {YamlLines.Inline(item)}")
                : AfterLine(last, _lines.Item(item, YamlMarks.DashColumn(Text, list)), YamlMarks.DashColumn(Text, list));
            var added = string.Create(CultureInfo.InvariantCulture, $"{path}[{list.Items.Count}]");
            Accept(text, YamlLeafChanges.Set(Leaves, added, item), path);
        }
        else
            Set(path, new JsonArray(item));
    }

    /// <summary>Takes an item out of a list.</summary>
    /// <exception cref="ConfigurationEditException">It cannot be taken out of this text.</exception>
    public void RemoveItem(string path, int index)
    {
        var place = new YamlPlace(YamlPath.Parse(path), Root);
        if (place is { IsWhole: true, Entry.Value: YamlSequence list } && index < list.Items.Count)
            Accept(YamlRemoval.OfItem(Text, list, index), YamlLeafChanges.RemoveItem(Leaves, path, index, list.Items.Count), path);
    }

    private string Write(YamlPlace place, JsonNode value)
    {
        var wanted = place.Wrapped(value);
        if (place.Entry is { } entry)
            return place.Mapping!.IsFlow ? ReplacedInFlow(entry.Value, wanted) : Replaced(entry, wanted);
        if (place.Mapping is not { } mapping)
            return AtEnd(_lines.Entry(place.Missing, wanted, 0));
        if (!mapping.IsFlow)
            return AfterLine(mapping.Entries[^1].Value, _lines.Entry(place.Missing, wanted, YamlMarks.KeyColumn(Text, mapping)), YamlMarks.KeyColumn(Text, mapping));
        var inline = $"{YamlLines.Text(place.Missing)}: {YamlLines.Inline(wanted)}";
        return mapping.Entries.Count > 0
            ? Spliced(mapping.Entries[^1].Value.End, mapping.Entries[^1].Value.End, $", {inline}")
            : Spliced(Text.LastIndexOf('{', mapping.End - 1) + 1, mapping.End - 1, $" {inline} ");
    }

    private string ReplacedInFlow(YamlValue old, JsonNode value) =>
        Spliced(old.Start, old.End, (YamlMarks.NeedsSpace(Text, old.Start) ? " " : "") + InlineLike(old, value));

    /// <summary>A value within a line; a text in quotes where the former was.</summary>
    private static string InlineLike(YamlValue old, JsonNode value) =>
        old is YamlScalar { Style: ScalarStyle.DoubleQuoted or ScalarStyle.SingleQuoted } && value.GetValueKind() is JsonValueKind.String
            ? YamlLines.Quoted(value.GetValue<string>())
            : YamlLines.Inline(value);

    /// <summary>The value of a key in a block. A comment behind the key stays behind the key.</summary>
    private string Replaced(YamlEntry entry, JsonNode value)
    {
        var colon = Text.IndexOf(':', entry.Key.End);
        var old = entry.Value;
        var isBelow = old.Start > YamlMarks.LineEnd(Text, colon);
        var (start, end) = isBelow
            ? (YamlMarks.LineEnd(Text, colon), YamlMarks.LineEnd(Text, YamlMarks.ContentEnd(Text, old)))
            : (old.Start, YamlMarks.ContentEnd(Text, old));
        if (!YamlLines.IsBlock(value))
        {
            var inline = InlineLike(old, value);
            return isBelow
                ? Text[..(colon + 1)] + " " + inline + Text[(colon + 1)..start] + Text[end..]
                : Spliced(start, end, (YamlMarks.NeedsSpace(Text, start) ? " " : "") + inline);
        }

        var rest = Text[..(isBelow ? start : colon + 1)] + (isBelow ? "" : YamlMarks.Comment(Text, end));
        var block = _lines.Block(value, YamlMarks.Column(Text, entry.Key.Start) + 2);
        return rest + _newline + block + Text[(isBelow ? end : YamlMarks.LineEnd(Text, end))..];
    }

    private string AtEnd(string lines) => Text + (Text.Length == 0 || Text.EndsWith('\n') ? "" : _newline) + lines + _newline;

    private string AfterLine(YamlValue last, string lines, int indent)
    {
        var end = YamlMarks.LineEnd(Text, YamlMarks.ContentEnd(Text, last));
        return Spliced(end, end, _newline + new string(' ', indent) + lines);
    }

    private string Spliced(int start, int end, string replacement) => string.Concat(Text.AsSpan(0, start), replacement, Text.AsSpan(end));

    private void Accept(string text, SortedDictionary<string, string> expected, string path)
    {
        var violations = new List<ConfigurationViolation>();
        var root = YamlText.Parse(text, violations);
        var leaves = YamlLeaves.Of(root);
        if (violations.Count > 0 || root is not (null or YamlMapping or YamlScalar { IsNull: true }) || !leaves.SequenceEqual(expected))
            throw new ConfigurationEditException($"{path} cannot be changed alone in the way the file is written (anchors, or an unusual layout); change it with an editor");
        (Text, Root, Leaves) = (text, root as YamlMapping, leaves);
    }

    private static YamlMapping? Parse(string path, string text)
    {
        var violations = new List<ConfigurationViolation>();
        var root = YamlText.Parse(text, violations);
        if (violations.Count == 0 && root is not (null or YamlMapping or YamlScalar { IsNull: true }))
            violations.Add(new ConfigurationViolation(null, root.Line, "the file must be a mapping of keys"));
        return violations.Count == 0 ? root as YamlMapping : throw new DaemonConfigurationException(path, [.. violations]);
    }
}
