using Orleans.Concurrency;

namespace Donmai.Workareas;

/// <summary>One member or archive (workareas.md §4.2, §7). Key: <c>machine/work area id</c>.</summary>
[Alias("donmai.IWorkareaGrain")]
public interface IWorkareaGrain : IGrainWithStringKey
{
    /// <summary>Makes this archive from a finished session's tree. Crash-safe and repeatable.</summary>
    [Alias("Archive"), ResponseTimeout("01:00:00")]
    Task<WorkareaArchived> Archive(ArchiveOrder order);

    /// <summary>The work area in full.</summary>
    /// <exception cref="WorkareaNotFoundException">No such work area.</exception>
    /// <exception cref="ArchiveCorruptedException">Its manifest or tree cannot be used.</exception>
    [Alias("Inspect"), AlwaysInterleave]
    Task<Workarea> Inspect();

    /// <summary>
    /// What differs between this archive, the old side, and <paramref name="newer"/> (workareas.md §6): pages as the work produces them, the
    /// last with the summary. No other request is held up by it. An enumeration without a page with a summary has failed.
    /// </summary>
    /// <param name="newer">Id of the archive on the new side.</param>
    /// <param name="cancellationToken">Ends the enumeration and the work.</param>
    /// <exception cref="WorkareaNotFoundException">One of them is no archive; a live work area is none.</exception>
    /// <exception cref="ArchiveCorruptedException">The manifest or the tree of one of them cannot be used.</exception>
    [Alias("Diff"), AlwaysInterleave]
    IAsyncEnumerable<WorkareaDiffPage> Diff(string newer, CancellationToken cancellationToken = default);

    /// <summary>Makes a tree of this archive that can be worked in (workareas.md §5). Several at once give several trees.</summary>
    /// <exception cref="InvalidRestoreException">The request is not usable.</exception>
    /// <exception cref="WorkareaNotFoundException">No such archive.</exception>
    /// <exception cref="ArchiveCorruptedException">Its manifest or tree cannot be used; nothing was kept.</exception>
    /// <exception cref="RestoreSaturatedException">There is no room now.</exception>
    /// <exception cref="RestoreConflictException">The session id is in use.</exception>
    /// <exception cref="RestoreFailedException">The disk refused; nothing was kept.</exception>
    [Alias("Restore"), AlwaysInterleave, ResponseTimeout("01:00:00")]
    Task<Workarea> Restore(WorkareaRestore request);

    /// <summary>Removes this restored work area or this archive from the disk.</summary>
    /// <exception cref="WorkareaNotFoundException">It is neither; the tree of a live session is the session's.</exception>
    /// <exception cref="ArchiveCorruptedException">It is no directory of an archive.</exception>
    /// <exception cref="WorkareaInUseException">A live session uses it, or the archive is being restored or compared.</exception>
    /// <exception cref="RestoreFailedException">The disk refused.</exception>
    [Alias("Remove"), AlwaysInterleave, ResponseTimeout("01:00:00")]
    Task Remove();
}
