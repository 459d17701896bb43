using System.CommandLine;

namespace Donmai.Cli.Sessions;

/// <summary><c>donmai session</c>: what runs, and what ran.</summary>
internal static class SessionCommand
{
    /// <summary>Argument of the verbs that are about one session.</summary>
    public static readonly Argument<string> Id = new("id") { Description = "The session, as 'session list' names it." };

    public static Command Create() =>
        new("session", "Sessions: what runs, and what ran.")
        {
            SessionListCommand.Create(),
            SessionShowCommand.Create(),
            SessionEventsCommand.Create(),
            SessionLogsCommand.Create(),
            SessionStopCommand.Create(),
        };
}
