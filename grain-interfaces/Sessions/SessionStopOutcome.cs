using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>Answer to a stop (control-api.md §4.11).</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionStopOutcome")]
public sealed record SessionStopOutcome
{
    /// <summary>The session's id.</summary>
    [Id(0)] public string SessionId { get; init; } = "";

    /// <summary>Whether the session is being or was stopped; <see langword="false"/> when it is unknown or had already ended.</summary>
    [Id(1)] public bool Stopped { get; init; }

    /// <summary>Classification of the end.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Mode { get; init; }

    /// <summary><c>not-found</c> when nothing was stopped.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Reason { get; init; }
}
