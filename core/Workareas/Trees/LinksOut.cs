namespace Donmai.Core.Workareas.Trees;

/// <summary>Collects the links of a tree that lead out of it, as far as their text says so (workareas.md §5).</summary>
internal sealed class LinksOut
{
    private const int Most = 100;

    private readonly SortedSet<string> _paths = new(ByteOrder.Instance);

    /// <summary>Remembers a link when it leads out.</summary>
    public void Look(CopiedDirectory directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        if (!LeadsOut(target, directory.Depth))
            return;
        var path = directory.From.PathOf(name);
        lock (_paths)
        {
            _paths.Add(path);
            if (_paths.Count > Most)
                _paths.Remove(_paths.Max!);
        }
    }

    /// <summary>The first of them by path in byte order.</summary>
    public List<string> First() => [.. _paths];

    /// <summary>Whether a target text leaves a tree from a directory that lies this deep in it.</summary>
    internal static bool LeadsOut(ReadOnlySpan<byte> target, int depth)
    {
        if (target.StartsWith("/"u8))
            return true;
        foreach (var range in target.Split((byte)'/'))
        {
            var step = target[range];
            if (step.SequenceEqual(".."u8))
                depth--;
            else if (!step.IsEmpty && !step.SequenceEqual("."u8))
                depth++;
            if (depth < 0)
                return true;
        }

        return false;
    }
}
