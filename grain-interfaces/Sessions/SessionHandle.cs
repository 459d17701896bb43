using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>One session as listed and as returned by an accept (control-api.md §4.8).</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionHandle")]
public sealed record SessionHandle
{
    /// <summary>The session's id.</summary>
    [Id(0)] public string SessionId { get; init; } = "";

    /// <summary>Process id of the session's leader process; 0 while unknown.</summary>
    [Id(1)] public int Pid { get; init; }

    /// <summary>When the session was accepted.</summary>
    [Id(2), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Where the session is in its life.</summary>
    [Id(3)] public SessionState State { get; init; }

    /// <summary>Id of the allowlist entry the session runs under.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ProjectName { get; init; }

    /// <summary>Repository as asked for.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Repository { get; init; }

    /// <summary>Directory of the git work tree, while it exists.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorktreePath { get; init; }

    /// <summary>When it ended; <see langword="null"/> while it lives. Additive.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? EndedAt { get; init; }
}
