namespace Donmai.Worker.Providers;

/// <summary>A pattern of tools as lists spell it: <c>Read</c>, <c>Bash(git:*)</c>, <c>mcp__server</c> (worker.md §3.5).</summary>
/// <param name="Tool">Name of the tool.</param>
/// <param name="Argument">What stands in the brackets; empty for every use of the tool.</param>
internal sealed record ToolPattern(string Tool, string Argument)
{
    private const string AnyRest = ":*";

    /// <summary>Tools that change the work tree.</summary>
    public static IReadOnlyList<string> Writing { get; } = ["Edit", "NotebookEdit", "Write"];

    /// <summary>Those of a list that other agents than <c>claude</c> may have too.</summary>
    public static IEnumerable<string> Common(IEnumerable<string> patterns) => patterns.Where(static pattern =>
        pattern != "AskUserQuestion" && !pattern.StartsWith("mcp__claude_ai_", StringComparison.Ordinal));

    /// <summary>The command lines it stands for, <c>*</c> for any text; a single <c>*</c> for every use of the tool.</summary>
    public IReadOnlyList<string> Commands => Argument.Length == 0 || Argument == "*" ? ["*"]
        : Argument.EndsWith(AnyRest, StringComparison.Ordinal) ? [Argument[..^AnyRest.Length], $"{Argument[..^AnyRest.Length]} *"]
        : [Argument];

    /// <summary>Reads a pattern.</summary>
    public static ToolPattern Parse(string pattern)
    {
        var open = pattern.IndexOf('(');
        return open > 0 && pattern[^1] == ')' ? new ToolPattern(pattern[..open].Trim(), pattern[(open + 1)..^1].Trim()) : new ToolPattern(pattern.Trim(), "");
    }
}
