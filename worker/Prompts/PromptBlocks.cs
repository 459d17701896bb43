namespace Donmai.Worker.Prompts;

/// <summary>Puts blocks of a prompt together: joined by one empty line, line feeds only, none at the end (worker.md §7.2).</summary>
internal static class PromptBlocks
{
    /// <summary>A block under a heading; <see langword="null"/> when its body is blank.</summary>
    public static string? Headed(string heading, string? body) =>
        string.IsNullOrWhiteSpace(body) ? null : $"# {heading}\n\n{body.Trim()}";

    /// <summary>Numbered lines.</summary>
    public static string Numbered(IEnumerable<string> lines) =>
        string.Join('\n', lines.Select(static (line, index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{index + 1}. {line}")));

    /// <summary>Joins the blocks there are.</summary>
    public static string Join(params IEnumerable<string?> blocks) =>
        string.Join("\n\n", blocks.OfType<string>()).ReplaceLineEndings("\n").TrimEnd('\n');
}
