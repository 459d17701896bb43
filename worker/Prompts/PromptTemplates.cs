using Donmai.Core.Git;
using Donmai.Core.Sessions;
using Donmai.Core.Sessions.Templates;
using Donmai.Worker.Workareas;

namespace Donmai.Worker.Prompts;

/// <summary>
/// Finds the template that replaces the text of a group: the repository's at the base commit, where the owner of the machine allows it, else the
/// owner's own (worker.md §7.6). What an agent wrote on its branch is never one.
/// </summary>
/// <param name="rules">What the owner allows and where the owner's templates are.</param>
/// <param name="git">Runs git; <see langword="null"/> without a work tree.</param>
/// <param name="tree">The work tree; <see langword="null"/> for a session that has none.</param>
internal sealed class PromptTemplates(SessionRules rules, GitProgram? git, Worktree? tree)
{
    private const string InRepository = ".donmai/templates";
    private const int MostParts = 50;
    private const int LargestFile = 256 * 1024;

    /// <summary>The template of a group; <see langword="null"/> when there is none.</summary>
    /// <param name="group">Name of the group.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="PromptTemplateException">There is one that cannot be used.</exception>
    public async Task<PromptOverride?> Find(string group, CancellationToken cancellationToken)
    {
        if (rules.AllowRepositoryTemplates && await Load(group, FromRepository, cancellationToken) is { } theirs)
            return theirs;
        return rules.Templates is null ? null : await Load(group, FromOwner, cancellationToken);
    }

    private static async Task<PromptOverride?> Load(
        string group, Func<string, CancellationToken, Task<(string File, string Text)?>> read, CancellationToken cancellationToken)
    {
        if (await read($"{group}.yaml", cancellationToken) is not { } found)
            return null;
        var template = PromptTemplate.Parse(found.File, found.Text);
        if (template.IsPartial || (template.WorkType != group && WorkInstructions.GroupOf(template.WorkType) != group))
            throw new PromptTemplateException($"{found.File}: it is not for '{group}', whose text it would replace");
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var wanted = new Queue<string>(TemplateText.PartsOf(template.Text));
        while (wanted.TryDequeue(out var name))
        {
            if (parts.ContainsKey(name) || parts.Count >= MostParts || name.Contains('/') || name.Contains('.'))
                continue;
            if (await read($"partials/{name}.yaml", cancellationToken) is not { } part)
                continue;
            var parsed = PromptTemplate.Parse(part.File, part.Text);
            parts[name] = parsed.IsPartial ? parsed.Text.TrimEnd('\n') : throw new PromptTemplateException($"{part.File}: it is no PartialTemplate");
            foreach (var more in TemplateText.PartsOf(parsed.Text))
                wanted.Enqueue(more);
        }

        return new PromptOverride(found.File, template, parts);
    }

    private async Task<(string File, string Text)?> FromRepository(string name, CancellationToken cancellationToken)
    {
        if (git is null || tree is null)
            return null;
        var file = $"{InRepository}/{name}";
        var shown = await git.Run(tree.Root, ["show", $"{tree.BaseSha}:{file}"], cancellationToken);
        return shown.Succeeded ? (file, Bounded(file, shown.Output)) : null;
    }

    private async Task<(string File, string Text)?> FromOwner(string name, CancellationToken cancellationToken)
    {
        var file = Path.Combine(rules.Templates!, name);
        try
        {
            return (file, Bounded(file, await File.ReadAllTextAsync(file, cancellationToken)));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new PromptTemplateException($"{file}: {refused.Message}");
        }
    }

    private static string Bounded(string file, string text) =>
        text.Length <= LargestFile ? text : throw new PromptTemplateException($"{file}: it is larger than {LargestFile / 1024} KiB");
}
