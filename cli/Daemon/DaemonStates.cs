using Donmai.Cli.Rendering;

namespace Donmai.Cli.Daemon;

/// <summary>States of a daemon as the control API spells them (control-api.md §3), and their tones.</summary>
internal static class DaemonStates
{
    private const string Ready = "ready";

    /// <summary>Tone of a state.</summary>
    public static Tone ToneOf(string state) => state switch
    {
        Ready => Tone.Good,
        "failed" => Tone.Bad,
        _ => Tone.Warning,
    };

    /// <summary>Whether the daemon stays in that state until somebody asks for another.</summary>
    public static bool IsSettled(string state) => state is Ready or "paused" or "stopped" or "failed";
}
