namespace Donmai.Sessions;

/// <summary>A file of a work tree that was not committed in the agent's place (worker.md §8.3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.LeftOutFile")]
public sealed record LeftOutFile
{
    /// <summary>Relative path, separated by <c>/</c>.</summary>
    [Id(0)] public string Path { get; init; } = "";

    /// <summary><c>excluded</c>, <c>secret-name</c>, <c>secret</c>, <c>too-large</c> or <c>repository</c>.</summary>
    [Id(1)] public string Reason { get; init; } = "";
}
