namespace Donmai.Daemon;

/// <summary>How far an update that is under way has come (daemon-runtime.md §12.5).</summary>
[GenerateSerializer, Immutable, Alias("donmai.UpdateStep")]
public sealed record UpdateStep
{
    /// <summary><c>checking</c>, <c>downloading</c>, <c>verifying</c>, <c>draining</c> or <c>installing</c>.</summary>
    [Id(0)] public string Phase { get; init; } = "";

    /// <summary>The version that is to be installed; empty while that is found out.</summary>
    [Id(1)] public string Version { get; init; } = "";
}
