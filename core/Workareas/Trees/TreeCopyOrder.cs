namespace Donmai.Core.Workareas.Trees;

/// <summary>A tree that is to be copied.</summary>
/// <param name="From">Its start; stays open.</param>
/// <param name="To">Where the copy is made; not there yet, in a directory that is.</param>
internal sealed record TreeCopyOrder(TreeDirectory From, string To)
{
    /// <summary>
    /// Permissions of every directory, of which the process's mask takes away, as it does of the files' own (workareas.md §5). Without it directories
    /// and files get exactly those of the source.
    /// </summary>
    public int? DirectoryMode { get; init; }

    /// <summary>Threads that copy, 1 to 8.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);
}
