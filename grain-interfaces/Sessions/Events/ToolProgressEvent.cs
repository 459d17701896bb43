namespace Donmai.Sessions.Events;

/// <summary>A tool call still runs.</summary>
[GenerateSerializer, Immutable, Alias("donmai.ToolProgressEvent")]
public sealed record ToolProgressEvent : AgentEvent
{
    /// <summary>Name of the tool.</summary>
    [Id(0)] public required string ToolName { get; init; }

    /// <summary>Seconds since the call started.</summary>
    [Id(1)] public double ElapsedSeconds { get; init; }
}
