using System.Text.RegularExpressions;

namespace Donmai.Worker.Providers.Codex;

/// <summary>What programs print for terminals, as plain text.</summary>
internal static partial class TerminalText
{
    /// <summary>The text without escape sequences.</summary>
    public static string Plain(string text)
    {
        try
        {
            return text.Contains('\u001b', StringComparison.Ordinal) ? Escapes().Replace(text, "") : text;
        }
        catch (RegexMatchTimeoutException)
        {
            return text;
        }
    }

    // Control sequences (colours, cursor), operating system commands (titles, links) and two-character escapes.
    [GeneratedRegex(@"\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[ -/]*[0-~])", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Escapes();
}
