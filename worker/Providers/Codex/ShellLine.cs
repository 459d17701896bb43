using System.Buffers;

namespace Donmai.Worker.Providers.Codex;

/// <summary>
/// Takes a line of shell apart into its simple commands, those inside of substitutions and of <c>sh -c</c> included. It expands nothing and runs
/// nothing: it is for recognising what a command would do, not for doing it.
/// </summary>
internal static class ShellLine
{
    private const int DeepestNesting = 16;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "zsh", "dash", "ksh" };

    // Programs that only start the one after them, and words of the shell that stand before a command.
    private static readonly HashSet<string> Prefixes = new(StringComparer.Ordinal)
    {
        "env", "command", "exec", "builtin", "nohup", "time", "nice", "xargs", "timeout", "setsid",
        "if", "then", "else", "elif", "while", "until", "do", "!",
    };

    /// <summary>Whether a program is a shell.</summary>
    public static bool IsShell(string program) => Shells.Contains(program);

    /// <summary>The simple commands, in order.</summary>
    public static List<ShellCommand> Commands(string line)
    {
        var commands = new List<ShellCommand>();
        Collect(line, commands, DeepestNesting);
        return commands;
    }

    /// <summary>The simple commands of a command that is given as its words.</summary>
    public static List<ShellCommand> Commands(IReadOnlyList<string> words)
    {
        var commands = new List<ShellCommand>();
        Add(words, "", commands, DeepestNesting);
        return commands;
    }

    /// <summary>What a line that only hands a script to a shell (<c>bash -lc '…'</c>) hands to it; other lines as they are.</summary>
    public static string Unwrapped(string line)
    {
        var found = new ShellScanner(line, static _ => { }).Scan();
        if (found.Exists(static part => part.IsOperator))
            return line;
        var command = new ShellCommand(WithoutPrefixes(found.ConvertAll(static part => part.Text)), "");
        return IsShell(command.Program) && Script(command.Words) is { } script ? script : line;
    }

    private static void Collect(string line, List<ShellCommand> commands, int depth)
    {
        if (depth == 0)
            return;
        var words = new List<string>();
        var readsFrom = "";
        foreach (var (text, isOperator) in new ShellScanner(line, nested => Collect(nested, commands, depth - 1)).Scan())
        {
            if (!isOperator)
            {
                words.Add(text);
                continue;
            }

            var program = Add(words, readsFrom, commands, depth);
            readsFrom = text is "|" or "|&" ? program : "";
            words = [];
        }

        Add(words, readsFrom, commands, depth);
    }

    private static string Add(IReadOnlyList<string> words, string readsFrom, List<ShellCommand> commands, int depth)
    {
        var command = new ShellCommand(WithoutPrefixes(words), readsFrom);
        if (command.Words.Count == 0)
            return readsFrom;
        var script = IsShell(command.Program) ? Script(command.Words) : null;
        if (script is null || readsFrom.Length > 0)
            commands.Add(command);
        if (script is not null)
            Collect(script, commands, depth - 1);
        else if (command.Program == "eval")
            Collect(string.Join(' ', command.Words.Skip(1)), commands, depth - 1);
        return command.Program;
    }

    private static string? Script(IReadOnlyList<string> words)
    {
        for (var at = 1; at < words.Count - 1; at++)
            if (words[at] is ['-', not '-', ..] flags && flags.EndsWith('c'))
                return words[at + 1];
        return null;
    }

    private static List<string> WithoutPrefixes(IReadOnlyList<string> words)
    {
        var at = 0;
        var afterPrefix = false;
        while (at < words.Count && (IsAssignment(words[at]) || Prefixes.Contains(NameOf(words[at])) || (afterPrefix && IsOfPrefix(words[at]))))
            afterPrefix |= Prefixes.Contains(NameOf(words[at++]));
        return [.. words.Skip(at)];
    }

    private static string NameOf(string word) => word[(word.LastIndexOf('/') + 1)..];

    // Options and numbers: nice -n 5, timeout 30s.
    private static bool IsOfPrefix(string word) => word.StartsWith('-') || (word.Length > 0 && char.IsAsciiDigit(word[0]));

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && !char.IsAsciiDigit(word[0]) && word.AsSpan(0, equals).IndexOfAnyExcept(NameCharacters) < 0;
    }
}
