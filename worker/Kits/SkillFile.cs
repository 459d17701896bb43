using System.Text.RegularExpressions;

namespace Donmai.Worker.Kits;

/// <summary>A skill: what agents are told, and the tools they may not use with it (worker.md §9.1).</summary>
/// <param name="Body">The text without its front matter, trimmed.</param>
/// <param name="Refusals">The refusals, in order, as they are written.</param>
internal sealed partial record SkillFile(string Body, IReadOnlyList<string> Refusals)
{
    private const string Fence = "---";

    /// <summary>Reads one. Front matter that is not closed is none.</summary>
    public static SkillFile Parse(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var end = lines[0].TrimEnd() == Fence ? Array.FindIndex(lines, 1, static line => line.TrimEnd() == Fence) : -1;
        return end < 0
            ? new SkillFile(string.Join('\n', lines).Trim(), [])
            : new SkillFile(string.Join('\n', lines[(end + 1)..]).Trim(), [.. Refused(lines[1..end])]);
    }

    // TOML names the table in a heading or in place, YAML by its indentation.
    private static IEnumerable<string> Refused(string[] lines)
    {
        var (inTools, inList) = (false, false);
        foreach (var line in lines.Where(static line => line.Trim().Length > 0 && !line.TrimStart().StartsWith('#')))
        {
            var isIndented = char.IsWhiteSpace(line[0]);
            var text = line.Trim();
            if (text.StartsWith('['))
                (inTools, inList) = (text == "[tools]", text == "[[tools.disallow]]");
            else if (Key().Match(text) is { Success: true } key && (key.Groups["mark"].Value == ":" || key.Groups["name"].Value is "disallow" or "tools.disallow"))
                (inTools, inList) = Enter(key, isIndented, inTools, inList);
            if (inList)
                foreach (Match shell in Shell().Matches(text))
                    yield return shell.Groups["value"].Value.Trim('"', '\'');
        }
    }

    private static (bool InTools, bool InList) Enter(Match key, bool isIndented, bool inTools, bool inList) => key.Groups["name"].Value switch
    {
        "tools" when !isIndented => (true, false),
        "tools.disallow" => (true, true),
        "disallow" when inTools => (true, true),
        "shell" => (inTools, inList),
        _ => (inTools && isIndented, false),
    };

    [GeneratedRegex(@"^(?:-\s+)?(?<name>[A-Za-z_.]+)\s*(?<mark>[:=])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"\bshell\s*[:=]\s*(?<value>""[^""]*""|'[^']*'|[^\s""',}\]][^,}\]]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shell();
}
