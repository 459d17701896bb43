using Donmai.Core.Workareas.Trees;

namespace Donmai.Core.Workareas;

/// <summary>Looks through a session's tree that is to be archived.</summary>
internal static class TreeSurvey
{
    /// <summary>
    /// Adds up the regular files and takes out what no archive can hold: sockets and FIFOs of processes that are gone, in private directories too, for
    /// a restore copies those.
    /// </summary>
    /// <param name="tree">The tree.</param>
    /// <param name="removed">Told the paths of what was taken out, relative to the tree.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Bytes of the regular files, private directories left out.</returns>
    /// <exception cref="ArchiveProblem">The tree cannot be read, or changes meanwhile.</exception>
    internal static long Prepare(TreeDirectory tree, Action<string> removed, CancellationToken cancellationToken)
    {
        var size = 0L;
        using var trail = new TreeTrail(tree);
        var open = new Stack<(TreeNames Names, int Next, bool Counts)>([(tree.Names(), 0, true)]);
        while (open.TryPop(out var step))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (step.Next == step.Names.Count)
            {
                if (open.Count > 0)
                    trail.Leave();
                continue;
            }

            open.Push(step with { Next = step.Next + 1 });
            var name = step.Names[step.Next];
            var counts = step.Counts && (open.Count > 1 || !IsPrivate(name));
            var (here, stat) = (trail.Current, trail.Current.Stat(name));
            if (stat.Kind is TreeEntryKind.Directory)
            {
                trail.Enter(name);
                open.Push((trail.Current.Names(), 0, counts));
            }
            else if (stat.Kind is TreeEntryKind.File)
                size += counts ? stat.Size : 0;
            else if (stat.Kind is null)
            {
                here.Remove(name, isDirectory: false);
                removed(here.PathOf(name));
            }
        }

        return size;
    }

    // Directories at the top of a tree that are nobody's work (workareas.md §6.1).
    private static bool IsPrivate(ReadOnlySpan<byte> name) => TreeWalk.IsPrivate(name) || name.SequenceEqual(".agent"u8);
}
