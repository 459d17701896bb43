namespace Donmai.Sessions;

/// <summary>
/// One page of the sessions that ended on a machine (daemon-runtime.md §9.5, bounded history). Key: <c>machine/page</c>; the pages are reused in
/// turn, so that the history stays bounded.
/// </summary>
[Alias("donmai.ISessionHistoryGrain")]
public interface ISessionHistoryGrain : IGrainWithStringKey
{
    /// <summary>Replaces the page.</summary>
    /// <param name="ended">Sessions in the order they ended.</param>
    [Alias("Write")]
    Task Write(List<SessionHandle> ended);

    /// <summary>The page, in the order the sessions ended.</summary>
    [Alias("Read")]
    Task<List<SessionHandle>> Read();
}
