namespace Donmai.Core.Platform;

/// <summary>Keeps a loop that fails all the time from filling the log: the same words are due every five minutes, other words at once.</summary>
/// <param name="clock">Time.</param>
public sealed class RareWarnings(TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private string? _last;
    private long _at;

    /// <summary>Whether the words are due.</summary>
    public bool IsDue(string words)
    {
        if (words == _last && clock.GetElapsedTime(_at) < Pause)
            return false;
        (_last, _at) = (words, clock.GetTimestamp());
        return true;
    }

    /// <summary>It works again: the next words are due.</summary>
    public void Reset() => _last = null;
}
