using System.Text;

namespace Donmai.Core.Workareas.Trees;

/// <summary>Removes a tree by handles: links are removed, not followed, no path is too long, and what its owner may not write to is unlocked.</summary>
internal static class TreeRemoval
{
    private const int OwnerEverything = 0x1c0;

    /// <summary>Removes the directory at a path with everything in it; nothing there is no error.</summary>
    /// <exception cref="IOException">Something cannot be removed; what is left stays.</exception>
    public static void Remove(string path)
    {
        if (PathStatus.Of(path) is null)
            return;
        var name = Encoding.UTF8.GetBytes(Path.GetFileName(path));
        try
        {
            using var parent = TreeDirectory.Open(Path.GetDirectoryName(path)!, follow: true);
            Remove(parent, name);
        }
        catch (ArchiveProblem problem)
        {
            throw new IOException($"{Path.GetFileName(path)} cannot be removed: {problem.Message}", problem);
        }
    }

    private static void Remove(TreeDirectory start, byte[] name)
    {
        using var trail = new TreeTrail(start);
        var open = new Stack<Step>();
        var only = new TreeNames();
        only.Add(name);
        open.Push(new Step(only));
        while (open.TryPeek(out var step))
            if (step.Next < step.Names.Count)
                Take(trail, open, step);
            else
                Leave(trail, open);
    }

    private static void Take(TreeTrail trail, Stack<Step> open, Step step)
    {
        var name = step.Names[step.Next++];
        var stat = trail.Current.Stat(name);
        if (stat.Kind is not TreeEntryKind.Directory)
        {
            trail.Current.Remove(name, isDirectory: false);
            return;
        }

        if ((stat.Mode & OwnerEverything) != OwnerEverything)
            trail.Current.Unlock(name);
        trail.Enter(name);
        open.Push(new Step(trail.Current.Names()));
    }

    private static void Leave(TreeTrail trail, Stack<Step> open)
    {
        open.Pop();
        if (!open.TryPeek(out var outer))
            return;
        trail.Leave();
        trail.Current.Remove(outer.Names[outer.Next - 1], isDirectory: true);
    }

    private sealed class Step(TreeNames names)
    {
        public TreeNames Names => names;

        public int Next { get; set; }
    }
}
