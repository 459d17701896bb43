namespace Donmai.Worker.Platform;

/// <summary>What became of a session's terminal requests (worker.md §2.9).</summary>
internal sealed record TerminalReport
{
    /// <summary>A session that nobody but this machine waits for has nothing to report.</summary>
    public static TerminalReport Nothing { get; } = new();

    /// <summary>The platform has the completion.</summary>
    public bool Completion { get; init; }

    /// <summary>The platform has the terminal status.</summary>
    public bool Status { get; init; }

    /// <summary>Requests that are left for the daemon.</summary>
    public int Pending { get; init; }

    /// <summary>What did not go well, in words; it never changes the session's status.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
