using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;

namespace Donmai.Cli.Platform;

/// <summary><c>donmai platform register</c>.</summary>
internal static class PlatformRegisterCommand
{
    private const string Notes =
        """
        Whatever is cached, and without waiting for the next try. What the daemon has stays in
        force until the orchestrator has given something new.

        Exit codes:
          0  registered
          1  not registered; standard error says why
        """;

    public static Command Create() => new NotedCommand("register", "Register this machine anew, now.", Notes) { VerbOptions.Json }.Asks(Register);

    private static async Task<int> Register(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var standing = await client.RegisterPlatform(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, standing);
        if (standing.Mode is not PlatformText.Real)
            return await Refuse(parsed, standing.Note ?? "no orchestrator is configured");
        if (standing.LastError is { } trouble)
            return await Refuse(parsed, trouble);
        if (!parsed.GetValue(VerbOptions.Json))
            Screen.For(parsed).Write(Line.Of(("registered ", Tone.Good), ($"with {standing.Url} as ", Tone.Plain), (standing.WorkerId ?? "", Tone.Name)));
        return ExitCode.Done;
    }

    private static async Task<int> Refuse(ParseResult parsed, string why)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync("donmai: not registered: " + TerminalText.OneLine(why));
        return ExitCode.Failed;
    }
}
