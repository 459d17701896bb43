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
}
