using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary>Shows what a daemon answered to something it was told to do.</summary>
internal static class DaemonAction
{
    /// <summary>Shows it.</summary>
    public static async Task Show(ParseResult parsed, DaemonActionAnswer answer)
    {
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, answer);
        else
            Screen.For(parsed).Write(Line.Of((answer.Message, answer.Ok ? Tone.Plain : Tone.Bad)));
    }
}
