using System.Security.Cryptography;
using System.Text;
using Donmai.Core.Git;

namespace Donmai.Core.Workareas.Pool;

/// <summary>What a repository's dependencies depend on (workareas.md §8.3): its lock files, and files that say which tools it wants.</summary>
internal static class CleanState
{
    private static readonly HashSet<string> LockFiles = new(StringComparer.Ordinal)
    {
        "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "deno.lock",
        "go.sum", "go.work.sum", "Cargo.lock", "packages.lock.json", "paket.lock", "project.assets.json",
        "poetry.lock", "Pipfile.lock", "uv.lock", "pdm.lock", "requirements.txt", "conda-lock.yml",
        "Gemfile.lock", "composer.lock", "mix.lock", "pubspec.lock", "Podfile.lock", "Package.resolved", "gradle.lockfile", "flake.lock",
    };

    /// <summary>SHA-256 over paths and contents of those files in a commit, lower-case hex. A file's content counts by its name in git.</summary>
    /// <param name="git">Runs git.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="declared">Names of further files.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="GitFailureException">git failed.</exception>
    public static async Task<string> Checksum(
        GitProgram git, string repository, string commit, IReadOnlyList<string> declared, CancellationToken cancellationToken)
    {
        var listed = await git.Must(repository, ["ls-tree", "-r", "-z", "--full-tree", commit], cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in listed.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // "<mode> <type> <object>\t<path>"
            var tab = entry.IndexOf('\t', StringComparison.Ordinal);
            var path = entry[(tab + 1)..];
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (LockFiles.Contains(name) || ToolchainFiles.Names.Contains(path) || declared.Contains(name, StringComparer.Ordinal) || declared.Contains(path, StringComparer.Ordinal))
                hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{entry[..tab]}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
