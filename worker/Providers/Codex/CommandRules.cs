using System.Text.Json;
using System.Text.RegularExpressions;

namespace Donmai.Worker.Providers.Codex;

/// <summary>
/// What may be run and changed without anybody being asked (worker.md §3.5, §4.3.5): patterns of the profile's <c>permissionConfig</c>, and patterns
/// of tools such as <c>Bash(git:*)</c>. What is disallowed beats what is allowed; where anything is allowed, everything else is not.
/// </summary>
internal sealed class CommandRules
{
    private const string ShellTool = "Bash";
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);
    private static readonly string[] FileTools = ["Edit", "Write"];

    private readonly List<Regex> _allow;
    private readonly List<Regex> _disallow;
    private readonly List<string> _allowedTools;
    private readonly List<string> _disallowedTools;
    private readonly bool _acceptsByDefault;

    /// <summary>Reads the rules of a request.</summary>
    public CommandRules(AgentRequest request)
    {
        var configured = request.Configuration.Value("permissionConfig") ?? default;
        _allow = Patterns(configured, "allowPatterns");
        _disallow = Patterns(configured, "disallowPatterns");
        _allowedTools = [.. request.AllowPatterns];
        _disallowedTools = [.. request.DisallowedTools];
        _acceptsByDefault = ForeignJson.Text(configured, "defaultDecision") is not ("deny" or "prompt");
    }

    /// <summary>Why a command is refused; <see langword="null"/> when it is not.</summary>
    /// <param name="line">The command as a line of shell.</param>
    /// <param name="commands">Its simple commands.</param>
    public string? Reason(string line, IReadOnlyList<ShellCommand> commands)
    {
        var script = ShellLine.Unwrapped(line);
        if (_disallow.Exists(pattern => Matches(pattern, line, whenUndecided: true) || Matches(pattern, script, whenUndecided: true))
            || commands.Any(command => _disallowedTools.Exists(tool => Covers(tool, command))))
            return "it is disallowed";
        if (_allow.Count == 0 && _allowedTools.Count == 0)
            return _acceptsByDefault ? null : "nothing is allowed unasked";
        var isAllowed = _allow.Exists(pattern => Matches(pattern, script, whenUndecided: false))
            || (commands.Count > 0 && commands.All(command => _allowedTools.Exists(tool => Covers(tool, command))));
        return isAllowed ? null : "it is not on the list of what is allowed";
    }

    /// <summary>Why no file is changed at all; <see langword="null"/> when files may be changed.</summary>
    public string? ReasonForFiles() =>
        _disallowedTools.Exists(static tool => FileTools.Contains(tool, StringComparer.Ordinal)) ? "changing files is disallowed"
        : _allowedTools.Count > 0 && !_allowedTools.Exists(static tool => FileTools.Contains(tool, StringComparer.Ordinal)) ? "changing files is not on the list of what is allowed"
        : _acceptsByDefault ? null
        : "nothing is allowed unasked";

    private static List<Regex> Patterns(JsonElement configured, string key)
    {
        var patterns = new List<Regex>();
        foreach (var text in ForeignJson.Items(ForeignJson.Member(configured, key)).Where(static item => item.ValueKind == JsonValueKind.String))
        {
            try
            {
                patterns.Add(new Regex(ForeignJson.Text(text), RegexOptions.CultureInvariant, PatternLimit));
            }
            catch (ArgumentException)
            {
                continue; // an invalid pattern is ignored (WK-58)
            }
        }

        return patterns;
    }

    private static bool Matches(Regex pattern, string line, bool whenUndecided)
    {
        try
        {
            return pattern.IsMatch(line);
        }
        catch (RegexMatchTimeoutException)
        {
            return whenUndecided;
        }
    }

    // Bash, Bash(git:*): begins with these words; Bash(git status): is exactly that.
    private static bool Covers(string tool, ShellCommand command)
    {
        if (tool == ShellTool)
            return true;
        if (!tool.StartsWith(ShellTool + "(", StringComparison.Ordinal) || !tool.EndsWith(')'))
            return false;
        var inner = tool[(ShellTool.Length + 1)..^1];
        var isPrefix = inner.EndsWith(":*", StringComparison.Ordinal);
        var words = (isPrefix ? inner[..^2] : inner).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var own = command.Words.Select((word, index) => index == 0 ? command.Program : word);
        return isPrefix ? own.Take(words.Length).SequenceEqual(words, StringComparer.Ordinal) : own.SequenceEqual(words, StringComparer.Ordinal);
    }
}
