using Donmai.Core.Sessions.Templates;

namespace Donmai.Worker.Prompts;

/// <summary>A template that replaces the text of a group of work types (worker.md §7.6).</summary>
/// <param name="File">Where it lies, for messages.</param>
/// <param name="Template">What it says.</param>
/// <param name="Parts">Texts it includes, by name.</param>
internal sealed record PromptOverride(string File, PromptTemplate Template, IReadOnlyDictionary<string, string> Parts)
{
    /// <summary>Fills it; line feeds at the end are cut.</summary>
    /// <exception cref="PromptTemplateException">It names something that does not exist.</exception>
    public string Render(IReadOnlyDictionary<string, string> values) =>
        TemplateText.Render(File, Template.Text, values, Parts.GetValueOrDefault).ReplaceLineEndings("\n").TrimEnd('\n');
}
