using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Yaml;

namespace Donmai.Core.Sessions.Templates;

/// <summary>A template file (worker.md §7.6): the text of a group of work types, or a part that texts include.</summary>
public sealed record PromptTemplate
{
    private const string Version = "v1";
    private const string Workflow = "WorkflowTemplate";
    private const string Partial = "PartialTemplate";

    /// <summary>Whether it is a part that other texts include.</summary>
    public required bool IsPartial { get; init; }

    /// <summary>Name (<c>metadata.name</c>).</summary>
    public required string Name { get; init; }

    /// <summary>Group or kind of work it is for (<c>metadata.workType</c>); empty for a part.</summary>
    public string WorkType { get; init; } = "";

    /// <summary>The text, with its placeholders (<see cref="TemplateText"/>).</summary>
    public required string Text { get; init; }

    /// <summary>Tools that may be used, of those that may be used anyway; empty for all of them.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Tools that may not be used.</summary>
    public IReadOnlyList<string> Disallow { get; init; } = [];

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="PromptTemplateException">It is no template.</exception>
    public static PromptTemplate Parse(string file, string text)
    {
        var violations = new List<ConfigurationViolation>();
        var root = YamlText.Parse(text, violations);
        if (root is not YamlMapping mapping)
            throw new PromptTemplateException(violations.Count > 0 ? $"{file}: {Told(violations)}" : $"{file}: the file must be a mapping of keys");
        var template = Read(new YamlSection("", mapping.Line, mapping, violations));
        return violations.Count == 0 ? template : throw new PromptTemplateException($"{file}: {Told(violations)}");
    }

    private static PromptTemplate Read(YamlSection root)
    {
        root.OneOf("apiVersion", Version);
        root.Required("apiVersion");
        root.Required("kind");
        var isPartial = root.OneOf("kind", Workflow, Partial) == Partial;
        var metadata = root.Section("metadata");
        return new PromptTemplate
        {
            IsPartial = isPartial,
            Name = metadata.Required("name"),
            WorkType = isPartial ? "" : metadata.Required("workType"),
            Text = root.Passage(isPartial ? "content" : "prompt"),
            Allow = Tools(root.Section("tools"), "allow"),
            Disallow = Tools(root.Section("tools"), "disallow"),
        };
    }

    // A text, or the pattern of a line of shell.
    private static List<string> Tools(YamlSection tools, string key)
    {
        var given = new List<string>();
        foreach (var tool in tools.TextsOrSections(key))
            if (tool.Text is { } name)
                given.Add(name);
            else if (tool.Section is { } section)
                given.Add(Pattern(section.Required("shell")));
        return given;
    }

    private static string Pattern(string shell) => shell.EndsWith(')') ? shell : $"Bash({shell})";

    private static string Told(List<ConfigurationViolation> violations) =>
        string.Join("; ", violations.OrderBy(static violation => violation.Line).Select(static violation => violation.ToString()));
}
