using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

/// <summary>
/// Brings what is known of a live session to the disk where nothing depends on when. The process is on record from its first moment, in the directory
/// it writes its own identity to; a copy in the grain's state is for a later activation, so quick sessions are spared the write.
/// </summary>
/// <param name="sessionId">The session.</param>
/// <param name="grain">It.</param>
/// <param name="writes">Its way to the disk.</param>
/// <param name="isLive">Whether it lives.</param>
/// <param name="logger">The session's log.</param>
internal sealed partial class SessionRecording(string sessionId, IGrainBase grain, GroupedWrites writes, Func<bool> isLive, ILogger logger)
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    private IGrainTimer? _timer;

    /// <summary>Writes before long.</summary>
    public void Soon()
    {
        Forget();
        _timer = grain.RegisterGrainTimer(Write, new GrainTimerCreationOptions(Delay, Retry) { Interleave = true, KeepAlive = true });
    }

    /// <summary>Writes no more than was written.</summary>
    public void Forget() => _timer?.Dispose();

    /// <summary>
    /// Writes now, if that is possible: a session goes on, and can be stopped, even when nothing can be written. A full disk is what somebody may
    /// want to stop it for.
    /// </summary>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> Try()
    {
        try
        {
            await writes.Write();
            return true;
        }
        catch (Exception failure)
        {
            NotRecorded(failure, sessionId);
            return false;
        }
    }

    private async Task Write(CancellationToken cancellationToken)
    {
        if (!isLive() || await Try())
            Forget();
    }
}
