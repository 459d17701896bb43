using Donmai.Workareas;

namespace Donmai.Core.Workareas.Trees;

/// <summary>The trees of archives. Whoever reads one holds its archive (<see cref="IArchiveUse"/>), so that it is not removed meanwhile.</summary>
internal interface IArchiveTrees
{
    /// <summary>What an archive's tree holds, as it is now. Held until it is disposed of.</summary>
    /// <param name="archiveId">The archive.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="WorkareaNotFoundException">No such archive, or an id that cannot name one.</exception>
    /// <exception cref="ArchiveCorruptedException">
    /// Its manifest or its tree cannot be used: something missing, unreadable, changing, a special file, a name that is no UTF-8.
    /// </exception>
    /// <exception cref="IOException">The machine is at its end, not the archive.</exception>
    Task<ArchiveIndex> Open(string archiveId, CancellationToken cancellationToken);

    /// <summary>An archive's tree itself, for reading its files; the caller holds the archive. What it throws is <see cref="ArchiveProblem"/>.</summary>
    /// <param name="archiveId">The archive.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="WorkareaNotFoundException">No such archive, or an id that cannot name one.</exception>
    /// <exception cref="ArchiveCorruptedException">Its manifest cannot be used, or it has no tree.</exception>
    Task<TreeDirectory> Tree(string archiveId, CancellationToken cancellationToken);
}
