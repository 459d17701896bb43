using Donmai.Workareas;

namespace Donmai.Client;

public sealed partial class DonmaiClient
{
    /// <summary>
    /// Makes a tree of an archive that can be worked in (workareas.md §5). Waits for the copy as long as it takes; the daemon makes it to its end even
    /// when nobody waits any more.
    /// </summary>
    /// <param name="archiveId">The archive.</param>
    /// <param name="request">How; <see langword="null"/> for neither a session nor a reason.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">No archive has that id.</exception>
    /// <exception cref="BadRequestException">The archive is corrupted, or the request not usable.</exception>
    /// <exception cref="ConflictException">The session id is in use.</exception>
    /// <exception cref="UnavailableException">There is no room now; says when to try again.</exception>
    public async Task<Workarea> Restore(string archiveId, WorkareaRestore? request = null, CancellationToken cancellationToken = default)
    {
        var answer = await _calls.Tell(
            () => _api.Restore(AddressableWorkarea(archiveId), request ?? new WorkareaRestore(), cancellationToken), cancellationToken);
        return answer.Workarea;
    }

    /// <summary>Removes a restored work area or an archive from the disk (workareas.md §5).</summary>
    /// <exception cref="NotFoundException">None has that id; the tree of a live session is the session's.</exception>
    /// <exception cref="ConflictException">A live session uses it, or it is being restored or compared.</exception>
    public Task RemoveWorkarea(string workareaId, CancellationToken cancellationToken = default) => _calls.Tell(
        async () =>
        {
            using var answer = await _api.RemoveWorkarea(AddressableWorkarea(workareaId), cancellationToken);
            return answer.IsSuccessStatusCode ? true : throw Refusal.Of(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        },
        cancellationToken);
}
