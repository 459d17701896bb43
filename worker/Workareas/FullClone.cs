using Donmai.Core.Git;

namespace Donmai.Worker.Workareas;

/// <summary>Clones the whole history, with the help of a mirror on this machine when there is one (worker.md §5.3).</summary>
/// <param name="mirrors">Mirrors; <see langword="null"/> to do without.</param>
internal sealed class FullClone(MirrorStore? mirrors) : IWorktreeStrategy
{
    /// <inheritdoc/>
    public async Task<string> Fill(GitProgram git, string directory, string address, WantedHistory wanted, CancellationToken cancellationToken)
    {
        List<string> help = [];
        await using var mirror = mirrors is null ? null : await mirrors.Borrow(git, address, cancellationToken);
        if (mirror?.Root is { } root)
            help.AddRange(["--reference-if-able", root, "--dissociate"]);
        await git.Must(
            Path.GetDirectoryName(directory)!,
            ["clone", "--quiet", "--no-checkout", "--origin", "origin", .. help, "--", address, directory],
            cancellationToken);
        var found = await git.Run(directory, ["rev-parse", "--verify", "--quiet", $"{wanted.LocalBase}^{{commit}}"], cancellationToken);
        return found.Succeeded ? found.Output.Trim() : throw wanted.NotFound();
    }
}
