using System.Globalization;
using System.Text;

namespace Donmai.Core.Daemon.Service;

/// <summary>Words of a systemd unit: quoting (systemd.syntax) and specifiers (systemd.unit).</summary>
internal static class SystemdText
{
    private const char Delete = '\u007f';

    /// <summary>A word in double quotes; <c>%</c> stands for itself.</summary>
    public static string Quoted(string word)
    {
        var text = new StringBuilder(word.Length + 2).Append('"');
        foreach (var character in word)
            _ = character switch
            {
                '"' or '\\' => text.Append('\\').Append(character),
                '%' => text.Append("%%"),
                < ' ' or Delete => text.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}"),
                _ => text.Append(character),
            };
        return text.Append('"').ToString();
    }

    /// <summary>A word, in quotes where it needs them.</summary>
    public static string Word(string word) =>
        word.Length > 0 && !word.Any(static character => character is ' ' or '"' or '\'' or '\\' or < ' ' or Delete)
            ? word.Replace("%", "%%", StringComparison.Ordinal)
            : Quoted(word);

    /// <summary>An argument of a command line: <c>$</c> stands for itself as well. Not for the program, in which it does anyway.</summary>
    public static string Argument(string word) => Word(word.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>Whether systemd accepts a path as a program: it takes none with quotes, backslashes or control characters, however they are written.</summary>
    public static bool IsProgramPath(string path) => !path.Any(static character => character is '"' or '\'' or '\\' or < ' ' or Delete);
}
