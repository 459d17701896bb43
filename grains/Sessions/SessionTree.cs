using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

/// <summary>The process tree of a session, as far as it has to be ended (daemon-runtime.md §9.7).</summary>
/// <param name="sessionId">The session.</param>
/// <param name="state">Its record.</param>
/// <param name="recording">Brings it to the disk.</param>
/// <param name="processes">The machine's processes.</param>
/// <param name="configuration">The grace period.</param>
/// <param name="logger">The session's log.</param>
internal sealed partial class SessionTree(
    string sessionId,
    IPersistentState<SessionRecord> state,
    SessionRecording recording,
    ISessionProcesses processes,
    IDaemonConfiguration configuration,
    ILogger logger)
{
    private bool _isNotEnded;

    /// <summary>Records that it is to end, and begins to end it; again where that has failed, or where it is to be quicker.</summary>
    public async Task Ask(SessionStopRequest request)
    {
        var before = state.State.Stop;
        if (before is null || (request.Immediately && !before.Immediately))
        {
            state.State = state.State with { Stop = (before ?? request) with { Immediately = request.Immediately } };
            await recording.Try();
            _ = End(); // observes its own failure
        }
        else if (_isNotEnded)
        {
            _ = End();
        }
    }

    /// <summary>Begins to end it if that was asked for.</summary>
    public void EndIfAsked()
    {
        if (state.State.Stop is not null)
            _ = End();
    }

    // After the grace period, unless it is to end immediately. Nobody waits for it.
    private async Task End()
    {
        _isNotEnded = false;
        try
        {
            var grace = state.State.Stop is { Immediately: true } ? TimeSpan.Zero : TimeSpan.FromSeconds(configuration.Current.StopGraceSeconds);
            if (state.State.Process is { } process)
                await processes.Stop(sessionId, process, grace);
        }
        catch (Exception failure)
        {
            _isNotEnded = true;
            NotEnded(failure, sessionId);
        }
    }
}
