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
    [Alias("Inspect")]
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
}
