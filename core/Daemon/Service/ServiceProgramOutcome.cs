namespace Donmai.Core.Daemon.Service;

/// <summary>What a program of the system left.</summary>
/// <param name="ExitCode">Exit code; 128 and the signal for one that a signal ended.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record ServiceProgramOutcome(int ExitCode, string Output, string Error)
{
    /// <summary>Exit code 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>What it said, on one line; standard error first.</summary>
    public string Said =>
        string.Join(' ', (Error + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
