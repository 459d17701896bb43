using Donmai.Sessions;

namespace Donmai.Grains.Sessions;

/// <summary>
/// The last sessions that ended on a machine: the newest in memory, older ones in pages that are written when they are full and read when
/// somebody asks.
/// </summary>
internal sealed class SessionHistory(IGrainFactory grains, string machine)
{
    /// <summary>Sessions in a page.</summary>
    public const int PageSize = 64;

    /// <summary>Pages; 4096 sessions in all (daemon-runtime.md §9.5).</summary>
    public const int Pages = 64;

    private readonly List<SessionHandle> _unwritten = new(PageSize);
    private bool _writing;

    /// <summary>Sessions that are in no page yet, in the order they ended.</summary>
    public IEnumerable<SessionHandle> Unwritten => _unwritten;

    /// <summary>Whether a page can be written.</summary>
    public bool IsPageFull => !_writing && _unwritten.Count >= PageSize;

    /// <summary>Adds a session in its place: after a restart they are found again in any order. Not within a page that is being written.</summary>
    public void Add(SessionHandle ended)
    {
        var first = _writing ? PageSize : 0;
        var place = _unwritten.Count;
        while (place > first && _unwritten[place - 1].EndedAt > ended.EndedAt)
            place--;
        _unwritten.Insert(place, ended);
    }

    /// <summary>
    /// Writes the oldest sessions that are in no page yet; they stay in memory until <see cref="ForgetPage"/>. Those of the page in whose place
    /// they come are forgotten altogether.
    /// </summary>
    /// <param name="pagesWritten">Pages written before.</param>
    /// <param name="isTaken">Whether there is another session of this id by now.</param>
    public async Task WritePage(int pagesWritten, Func<string, bool> isTaken)
    {
        _writing = true;
        try
        {
            var page = grains.SessionHistory(machine, pagesWritten % Pages);
            if (pagesWritten >= Pages)
                await Forget((await page.Read()).Where(session => !isTaken(session.SessionId)));
            await page.Write(_unwritten.GetRange(0, PageSize));
        }
        catch
        {
            _writing = false;
            throw;
        }
    }

    /// <summary>Lets go of the sessions in the page that was written; called in the turn that counts the page.</summary>
    public void ForgetPage()
    {
        _unwritten.RemoveRange(0, PageSize);
        _writing = false;
    }

    /// <summary>The newest sessions, newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="pagesWritten">Pages written so far.</param>
    public async Task<List<SessionHandle>> Newest(int limit, int pagesWritten)
    {
        var newest = Enumerable.Reverse(_unwritten).ToList();
        for (var page = pagesWritten - 1; page >= Math.Max(0, pagesWritten - Pages) && newest.Count < limit; page--)
            newest.AddRange(Enumerable.Reverse(await grains.SessionHistory(machine, page % Pages).Read()));
        return [.. newest.DistinctBy(static session => session.SessionId).Take(limit)];
    }

    private Task Forget(IEnumerable<SessionHandle> oldest) =>
        Task.WhenAll(oldest.Select(session => grains.Session(session.SessionId).Forget(session.EndedAt)));
}
