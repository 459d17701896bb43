namespace Donmai.Core.Daemon.Yaml;

/// <summary>Places in a YAML text, counted in characters.</summary>
internal static class YamlMarks
{
    /// <summary>The end of the line of <paramref name="index"/>, before its line break.</summary>
    public static int LineEnd(string text, int index)
    {
        var end = text.IndexOf('\n', index);
        if (end < 0)
            return text.Length;
        return end > index && text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>The start of the line of <paramref name="index"/>.</summary>
    public static int LineStart(string text, int index) => index == 0 ? 0 : text.LastIndexOf('\n', index - 1) + 1;

    /// <summary>The start of the line behind that of <paramref name="index"/>; the end of the text when there is none.</summary>
    public static int NextLine(string text, int index)
    {
        var end = text.IndexOf('\n', index);
        return end < 0 ? text.Length : end + 1;
    }

    /// <summary>Columns before <paramref name="index"/> on its line.</summary>
    public static int Column(string text, int index) => index - LineStart(text, index);

    /// <summary>Column of the keys of a mapping in a block.</summary>
    public static int KeyColumn(string text, YamlMapping mapping) => Column(text, mapping.Entries[0].Key.Start);

    /// <summary>Column of the dashes of a list in a block.</summary>
    public static int DashColumn(string text, YamlSequence list)
    {
        var dash = list.Start;
        while (text[dash] != '-')
        {
            // An anchor or a tag stands before the first dash.
            dash = NextLine(text, dash);
            while (dash < text.Length && text[dash] == ' ')
                dash++;
            if (dash >= text.Length)
                throw new ConfigurationEditException("a list is written in an unusual way; change it with an editor");
        }

        return Column(text, dash);
    }

    /// <summary>The end of what is written for a value: text behind <c>|</c> ends with its last character that can be seen.</summary>
    public static int ContentEnd(string text, YamlValue value)
    {
        var end = value.End;
        while (end > value.Start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return end;
    }

    /// <summary>Whether a value that begins at <paramref name="index"/> needs a space before it.</summary>
    public static bool NeedsSpace(string text, int index) => index > 0 && text[index - 1] is ':' or '-';

    /// <summary>The comment on the rest of a line, with the space before it; empty when there is none.</summary>
    public static string Comment(string text, int index)
    {
        var rest = text[index..LineEnd(text, index)].TrimEnd();
        return rest.Length == 0 ? "" : " " + rest.TrimStart();
    }
}
