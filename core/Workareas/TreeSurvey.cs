using Donmai.Core.Workareas.Trees;

namespace Donmai.Core.Workareas;

/// <summary>Looks through a session's tree that is to be archived.</summary>
internal static class TreeSurvey
{
    /// <summary>Adds up the regular files and takes out what no archive can hold: sockets and FIFOs of processes that are gone.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="removed">Told the paths of what was taken out, relative to the tree.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Bytes of the regular files, private directories left out.</returns>
    /// <exception cref="ArchiveProblem">The tree cannot be read, or changes meanwhile.</exception>
    internal static long Prepare(TreeDirectory tree, Action<string> removed, CancellationToken cancellationToken)
    {
        var size = 0L;
        using var trail = new TreeTrail(tree);
        var open = new Stack<(TreeNames Names, int Next)>([(tree.Names(), 0)]);
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
            if (open.Count == 1 && IsPrivate(name))
                continue;
            var (here, stat) = (trail.Current, trail.Current.Stat(name));
            if (stat.Kind is TreeEntryKind.Directory)
            {
                trail.Enter(name);
                open.Push((trail.Current.Names(), 0));
            }
            else if (stat.Kind is TreeEntryKind.File)
                size += stat.Size;
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
