using Donmai.Cli.Rendering;
using Donmai.Sessions;

namespace Donmai.Cli.Sessions;

/// <summary>States of a session, in words and colours, and as exit codes.</summary>
internal static class SessionStates
{
    /// <summary>The word of the control API and its tone.</summary>
    public static (string Text, Tone Tone) Shown(SessionState state) => state switch
    {
        SessionState.Starting => ("starting", Tone.Plain),
        SessionState.Running => ("running", Tone.Name),
        SessionState.Completed => ("completed", Tone.Good),
        SessionState.Failed => ("failed", Tone.Bad),
        SessionState.Terminated => ("terminated", Tone.Warning),
        _ => (state.ToString(), Tone.Plain),
    };

    /// <summary>Exit code of a command that waited for the session (worker.md §1.7).</summary>
    public static int ExitCodeOf(SessionInspection session) => session.State switch
    {
        SessionState.Completed => ExitCode.Done,
        SessionState.Terminated => ExitCode.Stopped,
        _ when session.ExitCode == Donmai.Worker.WorkerExitCode.Preflight => ExitCode.NotStarted,
        _ => ExitCode.Failed,
    };
}
