using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;

namespace Donmai.Cli.Sessions;

/// <summary><c>donmai session show</c>.</summary>
internal static class SessionShowCommand
{
    public static Command Create() =>
        new Command("show", "Show everything about a session, live or ended.") { SessionCommand.Id, VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var session = await client.Inspect(parsed.GetRequiredValue(SessionCommand.Id), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, session);
        else
            SessionPage.WriteTo(Screen.For(parsed), session, TimeProvider.System.GetUtcNow());
    }
}
