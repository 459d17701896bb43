namespace Donmai.Daemon;

/// <summary>Answer of the action routes (control-api.md §4.4).</summary>
[GenerateSerializer, Immutable, Alias("donmai.DaemonActionAnswer")]
public sealed record DaemonActionAnswer
{
    /// <summary>Whether it was accepted.</summary>
    [Id(0)] public bool Ok { get; init; }

    /// <summary>What happens now, or why not.</summary>
    [Id(1)] public string Message { get; init; } = "";
}
