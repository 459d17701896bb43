namespace Donmai.Worker.Workareas;

/// <summary>New files that are made by tools and never wanted in a commit (worker.md §8.3).</summary>
internal static class ExcludedPaths
{
    private static readonly HashSet<string> Components = new(StringComparer.Ordinal)
    {
        "node_modules", ".next", ".nuxt", "dist", ".turbo", "__pycache__", ".venv", "go-build", ".gocache", "gocache", ".golangci-lint-cache",
        ".cache",
    };

    private static readonly string[] Extensions = [".pyc", ".tmp", ".log"];
    private static readonly string[] Roots = ["target/debug", "target/release"];

    /// <summary>Whether a new file of that path is left out.</summary>
    /// <param name="path">Relative path, separated by <c>/</c>.</param>
    public static bool IsExcluded(string path)
    {
        var components = path.Split('/');
        var name = components[^1];
        var dot = name.LastIndexOf('.');
        return components.Any(Components.Contains)
            || (components.Length > 1 && components[0] == ExistingWorktree.OwnDirectory)
            || (dot > 0 && Extensions.Contains(name[dot..], StringComparer.Ordinal))
            || name.StartsWith("__debug_bin", StringComparison.Ordinal)
            || Roots.Any(root => path == root || path.StartsWith(root + '/', StringComparison.Ordinal));
    }
}
