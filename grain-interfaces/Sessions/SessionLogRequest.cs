namespace Donmai.Sessions;

/// <summary>What somebody wants of a session's log.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionLogRequest")]
public sealed record SessionLogRequest
{
    /// <summary>Whether to go on until the session has ended.</summary>
    [Id(0)] public bool Follow { get; init; }

    /// <summary>Only so many of the lines that are there, the last, from 0; <see langword="null"/> for all.</summary>
    [Id(1)] public int? Tail { get; init; }
}
