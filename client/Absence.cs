using System.Runtime.ExceptionServices;

namespace Donmai.Client;

/// <summary>How long a daemon has been away, and how long to wait before asking again.</summary>
/// <param name="options">How long to wait at most, by which clock.</param>
/// <param name="whenAway">Told once each time the daemon goes away.</param>
internal sealed class Absence(DonmaiClientOptions options, Action? whenAway)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private TimeSpan _pause = FirstPause;
    private long? _since;

    /// <summary>Whether the daemon was away when it was asked last.</summary>
    public bool IsOngoing { get; private set; }

    /// <summary>The daemon did not answer. Throws what it is given when it has been away too long.</summary>
    public void Noticed(Exception problem)
    {
        IsOngoing = true;
        if (_since is null)
        {
            _since = options.Clock.GetTimestamp();
            whenAway?.Invoke();
        }

        if (options.Clock.GetElapsedTime(_since.Value) >= options.ReconnectFor)
            ExceptionDispatchInfo.Throw(problem);
    }

    /// <summary>The daemon answered.</summary>
    public void Over()
    {
        IsOngoing = false;
        _since = null;
    }

    /// <summary>It said something new: the next pause is a short one.</summary>
    public void Progress() => _pause = FirstPause;

    /// <summary>Waits, longer from time to time.</summary>
    public async Task Pause(CancellationToken cancellationToken)
    {
        await Task.Delay(_pause, options.Clock, cancellationToken);
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
    }
}
