using System.Text.RegularExpressions;

namespace Donmai.Core.Sessions.Processes;

/// <summary>
/// The shell that leads a session's processes. It writes its process id before the worker starts and how the worker ended after it, so that
/// an end is on disk even when no daemon was there to see it (daemon-runtime.md §15.2). It uses nothing but the shell's own commands.
/// </summary>
internal static partial class Supervisor
{
    /// <summary>The shell.</summary>
    internal const string Shell = "/bin/sh";

    // The record is its owner's alone; what the worker makes is made as its user wants it, so the mask is that of a subshell (whose $$ is the
    // shell's own). Caught signals are back to their defaults in the worker; the shell itself lives on to write the end down.
    private const string AroundProgram =
        """
        (umask 077; echo "pid $$" >>"$0")
        trap : HUP INT QUIT TERM
        "$@"
        s=$?
        echo "exit $s" >>"$0"
        exit $s
        """;

    // Others run the EXIT trap when a signal ends them, with the status of the last command.
    private static readonly bool IsSilentOnSignals =
        Path.GetFileName(File.ResolveLinkTarget(Shell, returnFinalTarget: true)?.FullName) is "dash" or "busybox";

    /// <summary>The complete command line.</summary>
    /// <param name="command">Program and arguments of the worker.</param>
    /// <param name="recordFile">Where the shell writes.</param>
    /// <param name="joinFile">Where it writes its process id before anything else, to come under the session's limits.</param>
    internal static IReadOnlyList<string> Around(IReadOnlyList<string> command, string recordFile, string? joinFile) =>
        IsSilentOnSignals && command is [Shell, "-c", var text] && !ReplacesShellOrTraps().IsMatch(text)
            ? [Shell, "-c", First(joinFile) + AroundText(text, recordFile)]
            : [Shell, "-c", First(joinFile) + AroundProgram, recordFile, .. command];

    // An agent that needs core files can ask for them again.
    private static string First(string? joinFile) => (joinFile is null ? "" : $"echo $$ >{Quote(joinFile)}\n") + "ulimit -S -c 0\n";

    // Shell text can run in the supervising shell itself: one program start less per session. Not when it would replace that shell or
    // its traps. Signals are left to do what they do: a shell that catches one would wait for the command it has just started.
    private static string AroundText(string text, string recordFile)
    {
        var file = Quote(recordFile);
        return $"(umask 077; echo \"pid $$\" >>{file})\ntrap {Quote($"echo \"exit $?\" >>{file}")} EXIT\n{text}";
    }

    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\b(exec|trap)\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReplacesShellOrTraps();
}
