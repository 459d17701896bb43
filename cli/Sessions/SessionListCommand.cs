using System.CommandLine;
using System.Globalization;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Sessions;

namespace Donmai.Cli.Sessions;

/// <summary><c>donmai session list</c>.</summary>
internal static class SessionListCommand
{
    private static readonly Option<bool> All = new("--all") { Description = "Also those that have ended, newest first." };

    public static Command Create() => new Command("list", "List live sessions.") { All, VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var sessions = await client.Sessions(parsed.GetValue(All), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, sessions);
        else
            Screen.For(parsed).Write(Listing(sessions, parsed.GetValue(All), TimeProvider.System.GetUtcNow()));
    }

    /// <summary>The table of sessions.</summary>
    internal static Listing Listing(IReadOnlyList<SessionHandle> sessions, bool all, DateTimeOffset now)
    {
        var listing = new Listing("SESSION", "STATE", "ACCEPTED", "PID", "REPOSITORY")
        {
            WhenEmpty = all ? "No sessions." : "No live sessions; --all shows those that have ended.",
        };
        foreach (var session in sessions)
        {
            listing.Add(
                (session.SessionId, Tone.Name),
                SessionStates.Shown(session.State),
                (Amounts.Duration(now - session.AcceptedAt) + " ago", Tone.Plain),
                (session.Pid == 0 ? "" : session.Pid.ToString(CultureInfo.InvariantCulture), Tone.Quiet),
                (session.Repository ?? session.ProjectName ?? "", Tone.Quiet));
        }

        return listing;
    }
}
