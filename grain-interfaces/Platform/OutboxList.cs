using System.Text.Json.Serialization;

namespace Donmai.Platform;

/// <summary>What a machine's sessions have still to tell the platform (additive route).</summary>
[GenerateSerializer, Immutable, Alias("donmai.OutboxList")]
public sealed record OutboxList
{
    /// <summary>By session, oldest first.</summary>
    [Id(0)] public List<OutboxRow> Items { get; init; } = [];

    /// <summary>Why the last attempt failed; absent when it did not.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? LastError { get; init; }

    /// <summary>When the next attempt is made by itself; absent when nothing waits.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset? NextAttemptAt { get; init; }
}
