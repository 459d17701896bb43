using System.CommandLine;

namespace Donmai.Cli;

/// <summary>Options that mean the same wherever they occur.</summary>
internal static class VerbOptions
{
    /// <summary>Which daemon to ask.</summary>
    public static readonly Option<string?> DaemonUrl = new("--daemon-url")
    {
        Description = "Address of the daemon; otherwise DONMAI_DAEMON_URL, then the daemon of the state directory, then, unless DONMAI_STATE_HOME is set, http://127.0.0.1:7734. A socket is written unix:/path.",
        HelpName = "URL",
    };

    /// <summary>Which daemon to ask, said by its state directory.</summary>
    public static readonly Option<string?> StateDir = new("--state-dir")
    {
        Description = "State directory of the daemon to ask, in place of its address.",
        HelpName = "DIR",
    };

    /// <summary>Output for programs.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON; where the control API answers, its answer." };
}
