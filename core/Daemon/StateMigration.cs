using Donmai.Core.Workareas;

namespace Donmai.Core.Daemon;

/// <summary>
/// Takes over the state directory of the former product, once (daemon-runtime.md §1.1). The new directory appears with everything in it or not at
/// all, so that an empty one never hides the former; what an interrupted attempt left is thrown away by the next one. The former is left as it is.
/// </summary>
public static class StateMigration
{
    /// <summary>File in the new directory that says where it came from.</summary>
    public const string Marker = ".migrated-from";

    private static readonly string[] Files = ["daemon.yaml", "daemon.jwt"];
    private static readonly string[] Directories = ["kits", "worktrees"];

    /// <summary>Copies what counts.</summary>
    /// <param name="legacy">The former state directory.</param>
    /// <param name="state">The new one; must not exist.</param>
    /// <param name="cancellationToken">Gives up; nothing has been made then.</param>
    /// <exception cref="StateDirectoryException">It cannot be copied.</exception>
    public static void Run(string legacy, StateDirectory state, CancellationToken cancellationToken = default)
    {
        var unfinished = state.Root + ".migrating";
        try
        {
            using var alone = new FileStream(unfinished + ".lock", DurableFile.OwnerOnly(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            if (!Directory.Exists(state.Root))
                Copy(legacy, unfinished, state.Root, cancellationToken);
            File.Delete(unfinished + ".lock");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StateDirectoryException(
                $"The state of the former product in {legacy} cannot be copied to {state.Root} ({failure.Message.TrimEnd('.')}); make room or allow it, "
                + $"or set {StateDirectoryResolver.OverrideVariable} to {legacy} to go on using it.");
        }
    }

    private static void Copy(string legacy, string unfinished, string finished, CancellationToken cancellationToken)
    {
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        DurableFile.CreateDirectory(unfinished);
        foreach (var name in Files.Where(name => File.Exists(Path.Combine(legacy, name))))
            DurableFile.Create(Path.Combine(unfinished, name), File.ReadAllBytes(Path.Combine(legacy, name)));
        foreach (var name in Directories.Where(name => Directory.Exists(Path.Combine(legacy, name))))
            TreeMove.Copy(new DirectoryInfo(Path.Combine(legacy, name)), Path.Combine(unfinished, name), cancellationToken);
        DurableFile.Create(Path.Combine(unfinished, Marker), System.Text.Encoding.UTF8.GetBytes(legacy + "\n"));
        DurableFile.FlushEverything();
        Directory.Move(unfinished, finished);
        DurableFile.FlushDirectory(Path.GetDirectoryName(finished)!);
    }
}
