namespace Donmai.Core.Sessions.Children;

/// <summary>What it takes to start a child process with pipes (worker.md §4.0 CP-2 to CP-4, CP-8).</summary>
public sealed record ChildProcessStart
{
    /// <summary>Absolute path of the program.</summary>
    public required string Program { get; init; }

    /// <summary>Arguments, without the program itself; never seen by a shell.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The complete environment; nothing is added.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Existing working directory.</summary>
    public required string WorkingDirectory { get; init; }
}
