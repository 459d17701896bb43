using System.Runtime.ExceptionServices;

namespace Donmai.Client;

/// <summary>How long a daemon has been away, and how long to wait before asking again.</summary>
internal sealed class Absence(DonmaiClientOptions options)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private TimeSpan _pause = FirstPause;
    private long? _since;

    /// <summary>The daemon did not answer. Throws what it is given when it has been away too long.</summary>
    public void Noticed(Exception problem)
    {
        _since ??= options.Clock.GetTimestamp();
        if (options.Clock.GetElapsedTime(_since.Value) >= options.ReconnectFor)
            ExceptionDispatchInfo.Throw(problem);
    }

    /// <summary>The daemon answered.</summary>
    public void Over()
    {
        _since = null;
        _pause = FirstPause;
    }

    /// <summary>Waits, longer from time to time.</summary>
    public async Task Pause(CancellationToken cancellationToken)
    {
        await Task.Delay(_pause, options.Clock, cancellationToken);
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
    }
}
