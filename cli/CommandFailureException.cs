namespace Donmai.Cli;

/// <summary>A verb cannot do what it was asked.</summary>
/// <param name="message">One sentence: what is wrong, where, and what to do.</param>
/// <param name="exitCode">Exit code of the program.</param>
internal sealed class CommandFailureException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    /// <summary>Exit code of the program.</summary>
    public int ExitCode { get; } = exitCode;
}
