namespace Donmai.Worker.Providers.Codex;

/// <summary>
/// Commands that are refused whatever is configured (worker.md §4.3.5, §4.3.6): they would destroy what is not the session's, or give away the
/// machine. Recognised by their parsed words.
/// </summary>
/// <param name="workTree">Absolute path of the work tree.</param>
/// <param name="home">The user's home directory; empty when it is unknown.</param>
internal sealed class DangerousCommands(string workTree, string home)
{
    private readonly string _tree = RealPath.Of(workTree, "/");
    private readonly string _home = home.Length > 0 ? RealPath.Of(home, "/") : "";

    /// <summary>Why one of the commands is refused; <see langword="null"/> when none is.</summary>
    /// <param name="commands">The simple commands of one line, in order.</param>
    /// <param name="directory">Absolute directory the line starts in.</param>
    public string? Reason(IReadOnlyList<ShellCommand> commands, string directory)
    {
        foreach (var command in commands)
        {
            if (Reason(command, directory) is { } reason)
                return reason;
            if (command is { Program: "cd", Words.Count: > 1 })
                directory = RealPath.Of(Expanded(command.Words[^1]), directory);
        }

        return null;
    }

    private string? Reason(ShellCommand command, string directory) =>
        command.Words.Any(static word => word.Equals("sudo", StringComparison.OrdinalIgnoreCase) || word.EndsWith("/sudo", StringComparison.OrdinalIgnoreCase))
            ? "sudo is not for agents"
        : ShellLine.IsShell(command.Program) && command.ReadsFrom is "curl" or "wget" ? "what is downloaded is not run unseen"
        : command.Program switch
        {
            "rm" => Removal(command.Words, directory),
            "git" => Git(command.Words),
            "chmod" or "chown" => Permissions(command.Words, directory),
            _ => null,
        };

    private string? Removal(IReadOnlyList<string> words, string directory) =>
        Has(words, 'r', "--recursive") || Has(words, 'R', "--recursive")
            ? Operands(words).Select(word => Target(word, directory)).Where(IsPrecious).Select(static target => $"'{target}' is not removed").FirstOrDefault()
            : null;

    private bool IsPrecious(string target) => target == "/" || target == _home || (target != _tree && RealPath.IsIn(_tree, target));

    private static string? Git(IReadOnlyList<string> words)
    {
        var rest = GitWords(words);
        return rest switch
        {
            ["worktree", "remove" or "prune", ..] => "work trees are not the agent's to remove",
            ["reset", ..] when rest.Contains("--hard", StringComparer.Ordinal) => "git reset --hard would lose work",
            ["push", ..] when Has(rest, 'f', "--force") => "a forced push would lose the work of others",
            _ => null,
        };
    }

    // git's own options come before its command; some have a value of their own.
    private static List<string> GitWords(IReadOnlyList<string> words)
    {
        var at = 1;
        while (at < words.Count && words[at].StartsWith('-'))
            at += words[at] is "-C" or "-c" or "--git-dir" or "--work-tree" or "--namespace" or "--exec-path" ? 2 : 1;
        return [.. words.Skip(at)];
    }

    private string? Permissions(IReadOnlyList<string> words, string directory)
    {
        var operands = Operands(words).ToList();
        if (operands is [['/', ..], ..] && !RealPath.IsIn(Target(operands[0], directory), _tree))
            return $"permissions of '{operands[0]}' are not the agent's to change";
        return Has(words, 'R', "--recursive")
            ? operands.Where(word => !RealPath.IsIn(Target(word, directory), _tree)).Select(static word => $"permissions below '{word}' are not the agent's to change").FirstOrDefault()
            : null;
    }

    private static bool Has(IReadOnlyList<string> words, char flag, string longFlag) =>
        words.Skip(1).TakeWhile(static word => word != "--").Any(word => word == longFlag || (word is ['-', not '-', ..] && word.Contains(flag, StringComparison.Ordinal)));

    private static IEnumerable<string> Operands(IReadOnlyList<string> words)
    {
        var end = false;
        foreach (var word in words.Skip(1))
        {
            if (end || !word.StartsWith('-'))
                yield return word;
            end |= word == "--";
        }
    }

    // A pattern for everything in a directory is the directory.
    private string Target(string word, string directory)
    {
        var path = Expanded(word);
        while (Path.GetFileName(path) is "*" or ".*" or "{*,.*}" or "")
        {
            var shorter = path.Length > 1 && path.EndsWith('/') ? path.TrimEnd('/') : Path.GetDirectoryName(path) ?? "";
            if (shorter.Length == 0)
                return RealPath.Of(path.StartsWith('/') ? "/" : ".", directory);
            if (shorter == path)
                break;
            path = shorter;
        }

        return RealPath.Of(path, directory);
    }

    private string Expanded(string word)
    {
        foreach (var name in (string[])["~", "$HOME", "${HOME}"])
            if (_home.Length > 0 && (word == name || word.StartsWith(name + "/", StringComparison.Ordinal)))
                return _home + word[name.Length..];
        return word;
    }
}
