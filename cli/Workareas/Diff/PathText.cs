using System.Globalization;
using System.Text;

namespace Donmai.Cli.Workareas.Diff;

/// <summary>Paths as git prints them: what is not fit for a terminal or a line is escaped, and the path stands in quotes then.</summary>
internal static class PathText
{
    /// <summary>The path, e.g. <c>src/a b</c>, <c>"src/a\nb"</c>.</summary>
    public static string Of(string path)
    {
        if (!path.Any(NeedsEscape))
            return path;
        var text = new StringBuilder("\"");
        foreach (var rune in path.EnumerateRunes())
            Append(text, rune);
        return text.Append('"').ToString();
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        if (!rune.IsBmp || !NeedsEscape((char)rune.Value))
        {
            text.Append(rune.ToString());
            return;
        }

        if ("\t\n\r\"\\".IndexOf((char)rune.Value, StringComparison.Ordinal) is var known and >= 0)
        {
            text.Append('\\').Append("tnr\"\\"[known]);
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        foreach (var one in bytes[..rune.EncodeToUtf8(bytes)])
            text.Append(CultureInfo.InvariantCulture, $"\\{one / 64}{one / 8 % 8}{one % 8}");
    }

    // Quotes and backslashes because a path that begins with one would be taken for an escaped one.
    private static bool NeedsEscape(char character) => character is '"' or '\\' || TerminalText.IsUnwanted(character);
}
