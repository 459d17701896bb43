namespace Donmai.Core.Platform.Wire;

/// <summary>One thing that a machine can do (daemon-runtime.md §5).</summary>
public sealed record ProvidedKind
{
    /// <summary>E.g. <c>native</c>.</summary>
    public required string Kind { get; init; }
}
