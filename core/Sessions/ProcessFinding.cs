using Donmai.Sessions;

namespace Donmai.Core.Sessions;

/// <summary>What became of a session's process while the daemon was away.</summary>
public abstract record ProcessFinding
{
    private ProcessFinding()
    {
    }

    /// <summary>It runs; its end will be reported.</summary>
    /// <param name="Identity">The process.</param>
    public sealed record Alive(ProcessIdentity Identity) : ProcessFinding;

    /// <summary>It has ended; <see cref="ProcessExit.OutcomeUnknown"/> when nobody recorded how.</summary>
    /// <param name="Exit">How it ended.</param>
    public sealed record Ended(ProcessExit Exit) : ProcessFinding;

    /// <summary>It was never started.</summary>
    public sealed record NeverStarted : ProcessFinding;
}
