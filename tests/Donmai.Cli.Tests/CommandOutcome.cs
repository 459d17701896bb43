namespace Donmai.Cli.Tests;

/// <summary>What one command line gave, run inside the test.</summary>
internal sealed record CommandOutcome(int ExitCode, string Output, string Error)
{
    public static async Task<CommandOutcome> Of(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.Run(arguments, output, error);
        return new CommandOutcome(exitCode, output.ToString(), error.ToString());
    }

    public override string ToString() => $"exit code {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}";
}
