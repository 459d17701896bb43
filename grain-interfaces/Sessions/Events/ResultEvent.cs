using System.Text.Json.Serialization;

namespace Donmai.Sessions.Events;

/// <summary>A turn has ended.</summary>
[GenerateSerializer, Immutable, Alias("donmai.ResultEvent")]
public sealed record ResultEvent : AgentEvent
{
    /// <summary>Whether the agent says it succeeded.</summary>
    [Id(0)] public required bool Success { get; init; }

    /// <summary>The agent's closing words.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Message { get; init; }

    /// <summary>Error texts.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<string>? Errors { get; init; }

    /// <summary>Class of the failure, in the provider's words.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ErrorSubtype { get; init; }

    /// <summary>Cost of the turn.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public AgentCost? Cost { get; init; }

    /// <summary>Duration of the turn in milliseconds.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long DurationMs { get; init; }
}
