using System.Globalization;
using System.Text;

namespace Donmai.Cli;

/// <summary>Text of others (agents, repositories, daemons) made fit for a terminal: it cannot move the cursor or change colours.</summary>
internal static class TerminalText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Without control characters other than line feeds; tabs become spaces.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.Any(IsUnwanted))
            return text;

        var clean = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings("\n"))
        {
            if (character == '\t')
                clean.Append("    ");
            else
                clean.Append(character != '\n' && IsUnwanted(character) ? Replacement : character);
        }

        return clean.ToString();
    }

    /// <summary>As <see cref="Clean"/>, on one line.</summary>
    public static string OneLine(string text) => Clean(text).Replace('\n', ' ').Trim();

    /// <summary>At most <paramref name="width"/> characters, the last of them an ellipsis when something is missing.</summary>
    public static string Crop(string text, int width)
    {
        if (text.Length <= width)
            return text;

        var letters = new StringInfo(text);
        return letters.LengthInTextElements <= width ? text : letters.SubstringByTextElements(0, Math.Max(0, width - 1)) + "…";
    }

    /// <summary>Control characters, and marks that reorder what is printed around them.</summary>
    public static bool IsUnwanted(char character) =>
        char.IsControl(character) || character is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';
}
