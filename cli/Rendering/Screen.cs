using System.CommandLine;
using Spectre.Console;

namespace Donmai.Cli.Rendering;

/// <summary>Chooses the screen.</summary>
internal static class Screen
{
    /// <summary>The terminal when output goes to one, plain lines elsewhere.</summary>
    public static IScreen For(ParseResult parsed) => For(parsed.InvocationConfiguration.Output);

    /// <summary>The terminal when <paramref name="output"/> is one, plain lines elsewhere.</summary>
    public static IScreen For(TextWriter output) => IsTerminal(output) ? Terminal() : new PlainScreen(output);

    private static bool IsTerminal(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    // A method of its own, so that plain output does not load the library.
    private static TerminalScreen Terminal() => new(AnsiConsole.Console, TimeProvider.System);
}
