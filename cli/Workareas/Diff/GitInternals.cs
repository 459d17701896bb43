using System.Globalization;
using Donmai.Workareas;

namespace Donmai.Cli.Workareas.Diff;

/// <summary>
/// What git keeps for itself in <c>.git</c> at the top of a tree: objects, logs, its index. It differs whatever the session did, so that people
/// would not see the files for it. The same name deeper in the tree is the session's.
/// </summary>
internal sealed class GitInternals
{
    private const string Place = ".git";

    private long _added;
    private long _removed;
    private long _modified;

    /// <summary>How many paths were taken.</summary>
    public long Total => _added + _removed + _modified;

    /// <summary>Takes and counts a path, if it is one of git's.</summary>
    public bool Takes(WorkareaDifference difference)
    {
        if (!difference.Path.StartsWith(Place, StringComparison.Ordinal) || (difference.Path.Length > Place.Length && difference.Path[Place.Length] != '/'))
            return false;
        if (difference.Status == WorkareaDifference.Added)
            _added++;
        else if (difference.Status == WorkareaDifference.Removed)
            _removed++;
        else
            _modified++;
        return true;
    }

    /// <summary>The summary without what was taken.</summary>
    public WorkareaDiffSummary TakenFrom(WorkareaDiffSummary summary) => summary with
    {
        Added = summary.Added - _added,
        Removed = summary.Removed - _removed,
        Modified = summary.Modified - _modified,
        Total = summary.Total - Total,
    };

    /// <summary>A line that says that something is not shown; <see langword="null"/> when nothing was taken.</summary>
    public string? Note() => Total == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{Total} more below {Place}/; --all shows them");
}
