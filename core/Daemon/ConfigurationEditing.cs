using System.Globalization;
using System.Text.Json.Nodes;
using Donmai.Core.Daemon.Yaml;
using Donmai.Sessions;

namespace Donmai.Core.Daemon;

/// <summary>Applies edits to the text of <c>daemon.yaml</c>.</summary>
/// <param name="paths">Makes paths absolute.</param>
internal sealed class ConfigurationEditing(ConfigurationPaths paths)
{
    private const string ProjectsKey = "projects";

    /// <summary>The text after the edits; keys of former versions are renamed when anything else changes (daemon-runtime.md §2.6).</summary>
    /// <exception cref="DaemonConfigurationException">The syntax of the text is broken.</exception>
    /// <exception cref="ConfigurationEditException">An edit does not fit.</exception>
    public string Apply(string path, string text, IReadOnlyList<ConfigurationEdit> edits)
    {
        var editor = new YamlEditor(path, text);
        foreach (var edit in edits)
            Apply(editor, edit);
        if (editor.Text != text)
            RenameLegacyKeys(editor);
        return editor.Text;
    }

    private void Apply(YamlEditor editor, ConfigurationEdit edit)
    {
        switch (edit)
        {
            case SetKey set:
                editor.Set(set.Key, set.Value);
                break;
            case UnsetKey unset:
                editor.Unset(unset.Key);
                break;
            case PutProject put:
                Put(editor, put.Project);
                break;
            case RemoveProject remove:
                if (PlaceOf(editor, remove.Id) is { } place)
                    editor.RemoveItem(ProjectsKey, place);
                break;
        }
    }

    private void Put(YamlEditor editor, ProjectConfiguration project)
    {
        if (PlaceOf(editor, project.Id) is not { } place)
        {
            editor.Append(ProjectsKey, Entry(project));
            return;
        }

        var entry = Path(place);
        var known = Known(editor).Find(other => other.Id == project.Id);
        SetOrUnset(editor, $"{entry}.repository", project.Repository);
        editor.Unset($"{entry}.{ProjectReader.LegacyRepositoryKey}");
        SetOrUnset(editor, $"{entry}.cloneStrategy", project.Checkout.CloneStrategy);
        if (known?.Checkout.Git == project.Checkout.Git)
            return;
        editor.Unset($"{entry}.credentialHelper");
        if (project.Checkout.Git is not { } git)
        {
            editor.Unset($"{entry}.git");
            return;
        }

        SetOrUnset(editor, $"{entry}.git.credentialHelper", git.CredentialHelper);
        SetOrUnset(editor, $"{entry}.git.sshKey", git.SshKey);
        SetOrUnset(editor, $"{entry}.git.tokenVariable", git.TokenVariable);
    }

    private static void RenameLegacyKeys(YamlEditor editor)
    {
        var count = Projects(editor)?.Items.Count ?? 0;
        for (var i = 0; i < count; i++)
        {
            var (legacy, present) = ($"{Path(i)}.{ProjectReader.LegacyRepositoryKey}", $"{Path(i)}.repository");
            if (!editor.Leaves.ContainsKey(legacy))
                continue;
            if (editor.Leaves.GetValueOrDefault(present) is { Length: > 0 })
            {
                editor.Unset(legacy);
                continue;
            }

            editor.Unset(present);
            editor.Rename(legacy, "repository");
        }
    }

    private static void SetOrUnset(YamlEditor editor, string path, string? value)
    {
        if (string.IsNullOrEmpty(value))
            editor.Unset(path);
        else
            editor.Set(path, JsonValue.Create(value)!);
    }

    private static JsonObject Entry(ProjectConfiguration project)
    {
        var entry = new JsonObject { ["id"] = project.Id, ["repository"] = project.Repository };
        if (project.Checkout.CloneStrategy is { Length: > 0 } strategy)
            entry["cloneStrategy"] = strategy;
        if (project.Checkout.Git is { } git && Entry(git) is { Count: > 0 } credentials)
            entry["git"] = credentials;
        foreach (var (key, isSet) in new[] { ("submodules", project.Checkout.Submodules), ("lfs", project.Checkout.Lfs), ("mergeQueue", project.Checkout.MergeQueue) })
            if (isSet)
                entry[key] = true;
        return entry;
    }

    private static JsonObject Entry(ProjectGit git)
    {
        var entry = new JsonObject();
        foreach (var (key, value) in new[] { ("credentialHelper", git.CredentialHelper), ("sshKey", git.SshKey), ("tokenVariable", git.TokenVariable) })
        {
            if (!string.IsNullOrEmpty(value))
                entry[key] = value;
        }

        return entry;
    }

    private static YamlSequence? Projects(YamlEditor editor) => editor.Root?.Find(ProjectsKey)?.Value.Resolved as YamlSequence;

    private static int? PlaceOf(YamlEditor editor, string id)
    {
        var count = Projects(editor)?.Items.Count ?? 0;
        for (var i = 0; i < count; i++)
        {
            if (editor.Leaves.GetValueOrDefault($"{Path(i)}.id") == id)
                return i;
        }

        return null;
    }

    private static string Path(int place) => string.Create(CultureInfo.InvariantCulture, $"{ProjectsKey}[{place}]");

    private List<ProjectConfiguration> Known(YamlEditor editor) =>
        new ProjectReader(paths, static (_, _) => { }).Read(new YamlSection("", 1, editor.Root, []));
}
