namespace Donmai.Core.Daemon.Yaml;

/// <summary>Takes entries and items out of a text, with their lines where they have lines of their own.</summary>
internal static class YamlRemoval
{
    /// <summary>The text without an entry of a mapping.</summary>
    public static string OfEntry(string text, YamlMapping mapping, YamlEntry entry)
    {
        var entries = mapping.Entries;
        var place = entries.TakeWhile(other => other != entry).Count();
        if (mapping.IsFlow)
            return OfFlow(text, entries.Count, place, i => entries[i].Key.Start, i => entries[i].Value.End);
        var end = YamlMarks.ContentEnd(text, entry.Value);
        var start = YamlMarks.LineStart(text, entry.Key.Start);
        if (string.IsNullOrWhiteSpace(text[start..entry.Key.Start]))
            return Lines(text, start, end);

        // The first key behind a dash: the next one takes its place.
        return entries.Count > 1
            ? text.Remove(entry.Key.Start, entries[1].Key.Start - entry.Key.Start)
            : text[..entry.Key.Start] + "{}" + text[end..];
    }

    /// <summary>The text without an item of a list.</summary>
    public static string OfItem(string text, YamlSequence list, int index)
    {
        var items = list.Items;
        if (list.IsFlow)
            return OfFlow(text, items.Count, index, i => items[i].Start, i => items[i].End);
        var column = YamlMarks.DashColumn(text, list);
        var start = YamlMarks.LineStart(text, items[index].Start);
        while (!(YamlMarks.LineEnd(text, start) > start + column && text[start + column] == '-' && string.IsNullOrWhiteSpace(text[start..(start + column)])))
        {
            if (start <= list.Start)
                throw new ConfigurationEditException("a list is written in an unusual way; change it with an editor");
            start = YamlMarks.LineStart(text, start - 1);
        }

        return Lines(text, start, YamlMarks.ContentEnd(text, items[index]));
    }

    private static string OfFlow(string text, int count, int place, Func<int, int> start, Func<int, int> end) =>
        place + 1 < count
            ? text.Remove(start(place), start(place + 1) - start(place))
            : place > 0 ? text.Remove(end(place - 1), end(place) - end(place - 1)) : text.Remove(start(place), end(place) - start(place));

    private static string Lines(string text, int start, int end)
    {
        var next = YamlMarks.NextLine(text, end);
        return text.Remove(start, next - start);
    }
}
