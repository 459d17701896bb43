namespace Donmai.EndToEnd.Tests;

/// <summary>How a program ended and what it printed.</summary>
internal sealed record ProgramOutcome(int ExitCode, string Output, string Error)
{
    /// <summary>Everything, for the message of a failed assertion.</summary>
    public override string ToString() => $"exit code {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}";
}
