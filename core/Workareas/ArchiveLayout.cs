namespace Donmai.Core.Workareas;

/// <summary>Names and places under an archive root (workareas.md §2).</summary>
/// <param name="root">The archive root, absolute.</param>
internal sealed class ArchiveLayout(string root)
{
    internal const string ManifestName = "manifest.json";
    internal const string TreeName = "tree";
    internal const string EventsName = "events.jsonl";

    /// <summary>The worker's own directory at the top of a tree, and where it is kept beside it.</summary>
    internal const string WorkerPrivate = ".agent";
    internal const string KeptPrivate = "agent";

    private const string PartialPrefix = ".partial-";

    internal string Root => root;

    internal static bool IsPartial(string name) => name.StartsWith(PartialPrefix, StringComparison.Ordinal);

    /// <summary>Whether a text can name an archive.</summary>
    internal static bool IsArchiveId(string id) => WorkareaIds.IsUsable(id) && !IsPartial(id);

    internal string Archive(string id) => Path.Join(root, id);

    internal string Partial(string id) => Path.Join(root, PartialPrefix + id);

    internal static string IdOfPartial(string name) => name[PartialPrefix.Length..];
}
