using Donmai.Workareas;

namespace Donmai.Core.Workareas.Restoring;

/// <summary>The work areas of a machine that archives were restored to (workareas.md §5). Stateless but for what is being made: every call reads the disk.</summary>
public interface IRestoredWorkareas
{
    /// <summary>Makes a tree of an archive that can be worked in.</summary>
    /// <param name="archiveId">The archive.</param>
    /// <param name="request">How.</param>
    /// <param name="occupancy">Asked under the lock that keeps two restores from taking the same place.</param>
    /// <param name="cancellationToken">Ends the work; nothing is kept.</param>
    /// <exception cref="InvalidRestoreException">The request is not usable.</exception>
    /// <exception cref="WorkareaNotFoundException">No such archive.</exception>
    /// <exception cref="ArchiveCorruptedException">Its manifest or tree cannot be used; nothing is kept.</exception>
    /// <exception cref="RestoreSaturatedException">There is no room now.</exception>
    /// <exception cref="RestoreConflictException">The session id is in use.</exception>
    /// <exception cref="RestoreFailedException">The disk refused; nothing is kept.</exception>
    Task<Workarea> Restore(
        string archiveId, WorkareaRestore request, Func<Task<MachineOccupancy>> occupancy, CancellationToken cancellationToken = default);

    /// <summary>All that were not removed yet, by id in byte order.</summary>
    Task<List<Workarea>> List(CancellationToken cancellationToken = default);

    /// <summary>One of them; <see langword="null"/> when there is none of that id.</summary>
    Task<Workarea?> Find(string workareaId, CancellationToken cancellationToken = default);

    /// <summary>Removes one, tree and record.</summary>
    /// <returns>Whether there was one of that id.</returns>
    /// <exception cref="WorkareaInUseException">A live session uses it.</exception>
    /// <exception cref="RestoreFailedException">The disk refused; it is not listed any more, what is left is removed at the next start.</exception>
    Task<bool> Remove(string workareaId, Func<Task<MachineOccupancy>> occupancy, CancellationToken cancellationToken = default);
}
