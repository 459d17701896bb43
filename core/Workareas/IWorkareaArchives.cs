using Donmai.Workareas;

namespace Donmai.Core.Workareas;

/// <summary>The archive directory of a machine (workareas.md §2, §4, §7). Stateless: every call reads the disk.</summary>
public interface IWorkareaArchives
{
    /// <summary>Makes an archive from a finished session's tree. Repeating it for an archive that exists gives that archive.</summary>
    /// <param name="archiveId">Its id, see <see cref="WorkareaIds"/>.</param>
    /// <param name="order">What it is made of.</param>
    /// <param name="cancellationToken">Ends the work; nothing half-made is listed.</param>
    Task<WorkareaArchived> Create(string archiveId, ArchiveOrder order, CancellationToken cancellationToken = default);

    /// <summary>All archives, by id in byte order; a corrupted one is a row that says so.</summary>
    Task<List<WorkareaSummary>> List(CancellationToken cancellationToken = default);

    /// <summary>One archive.</summary>
    /// <exception cref="WorkareaNotFoundException">No such archive, or an id that cannot name one.</exception>
    /// <exception cref="ArchiveCorruptedException">Its manifest or tree cannot be used.</exception>
    Task<Workarea> Inspect(string archiveId, CancellationToken cancellationToken = default);

    /// <summary>Removes an archive, also one that is corrupted. It is out of sight at once; what an interruption leaves is removed at the next start.</summary>
    /// <exception cref="WorkareaNotFoundException">No such archive, or an id that cannot name one.</exception>
    /// <exception cref="ArchiveCorruptedException">A link stands in its place.</exception>
    /// <exception cref="WorkareaInUseException">It is being restored or compared.</exception>
    /// <exception cref="RestoreFailedException">The disk refused.</exception>
    Task Remove(string archiveId, CancellationToken cancellationToken = default);

    /// <summary>Path of the event log kept with an archive, whether or not it exists.</summary>
    string EventLogPath(string archiveId);
}
