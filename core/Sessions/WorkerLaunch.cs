using Donmai.Core.Sessions.Limits;

namespace Donmai.Core.Sessions;

/// <summary>What it takes to start a session's process.</summary>
public sealed record WorkerLaunch
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>Program (absolute path) and arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The complete environment; only the mark of the session and its limit are added, <see cref="WorkerEnvironment.RecordDirectory"/>, <see cref="WorkerEnvironment.MemoryLimit"/>.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Existing 0700 directory for output files and exit record.</summary>
    public required string RecordPath { get; init; }

    /// <summary>What the session may use; <see langword="null"/> for everything.</summary>
    public ResourceLimit? Limit { get; init; }

    /// <summary>Working directory of the process.</summary>
    public required string WorkingDirectory { get; init; }
}
