namespace Donmai.Platform;

/// <summary>What is to be given up.</summary>
public sealed record OutboxDiscardRequest
{
    /// <summary>Id of a request, or of a session for everything of it.</summary>
    public string Id { get; init; } = "";
}
