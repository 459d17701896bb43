using Donmai.Sessions;

namespace Donmai.Client;

/// <summary>
/// How far the lines of a session's log were read. They have no numbers, and the oldest are dropped as a log grows, so the place is the time of
/// the last line, and how many of that time there were.
/// </summary>
internal sealed class LogPlace
{
    private DateTimeOffset _time;
    private int _count;
    private int _known;
    private bool _isBefore;

    /// <summary>Whether there is a place: a line was read.</summary>
    public bool IsKnown => _count > 0;

    /// <summary>The log is read from its beginning again.</summary>
    public void StartOver() => (_isBefore, _known) = (IsKnown, _count);

    /// <summary>Whether this line, the next, was not read before.</summary>
    public bool IsNew(SessionLogLine line)
    {
        if (_isBefore && (line.At < _time || (line.At == _time && --_known >= 0)))
            return false;
        _isBefore = false;
        (_time, _count) = (line.At, line.At == _time ? _count + 1 : 1);
        return true;
    }
}
