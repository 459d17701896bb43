namespace Donmai.Core.Platform;

/// <summary>
/// Which beats carry the whole allowlist (platform-api.md §6.3): the first one, one whose hash is new, the first of another worker id, and every
/// sixtieth. Only what the platform has acknowledged counts as sent.
/// </summary>
public sealed class AllowlistSending
{
    /// <summary>Beats after which the list is sent again although nothing has changed.</summary>
    public const int BeatsBetweenLists = 60;

    private string? _workerId;
    private string? _hash;
    private int _since;

    /// <summary>Whether a beat carries the list.</summary>
    /// <param name="workerId">Whose beat it is.</param>
    /// <param name="report">The list as it is now.</param>
    public bool IsDue(string workerId, AllowlistReport report) =>
        report.Hash is not null && (workerId != _workerId || report.Hash != _hash || _since >= BeatsBetweenLists - 1);

    /// <summary>Whether the platform was told of projects and there are none any more, which no beat can say.</summary>
    public bool IsEmptied(AllowlistReport report) => report.Hash is null && _hash is not null;

    /// <summary>A beat was acknowledged.</summary>
    /// <param name="workerId">Whose beat it was.</param>
    /// <param name="report">The list at that time.</param>
    /// <param name="hadList">Whether it carried the list.</param>
    public void Acknowledged(string workerId, AllowlistReport report, bool hadList)
    {
        if (!hadList)
        {
            _since++;
            return;
        }

        (_workerId, _hash, _since) = (workerId, report.Hash, 0);
    }

    /// <summary>The platform was told otherwise that there are no projects.</summary>
    public void Forget() => (_workerId, _hash, _since) = (null, null, 0);
}
