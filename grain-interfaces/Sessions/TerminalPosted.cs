namespace Donmai.Sessions;

/// <summary>Which of its last words the platform has acknowledged to a worker (worker.md §1.8).</summary>
[GenerateSerializer, Immutable, Alias("donmai.TerminalPosted")]
public sealed record TerminalPosted
{
    /// <summary>The completion.</summary>
    [Id(0)] public bool Completion { get; init; }

    /// <summary>The terminal status.</summary>
    [Id(1)] public bool Status { get; init; }
}
