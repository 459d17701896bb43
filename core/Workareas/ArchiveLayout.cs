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
    private const string RemovedPrefix = ".removed-";

    internal string Root => root;

    internal static bool IsPartial(string name) => name.StartsWith(PartialPrefix, StringComparison.Ordinal);

    /// <summary>Whether it is an archive that was being removed.</summary>
    internal static bool IsRemoved(string name) => name.StartsWith(RemovedPrefix, StringComparison.Ordinal);

    /// <summary>Whether a text can name an archive.</summary>
    internal static bool IsArchiveId(string id) => WorkareaIds.IsUsable(id) && !IsPartial(id) && !IsRemoved(id);

    internal string Archive(string id) => Path.Join(root, id);

    internal string Partial(string id) => Path.Join(root, PartialPrefix + id);

    /// <summary>A place that nothing has yet for an archive that is being removed.</summary>
    internal string Removed() => Path.Join(root, $"{RemovedPrefix}{Guid.NewGuid():N}");

    internal static string IdOfPartial(string name) => name[PartialPrefix.Length..];
}
