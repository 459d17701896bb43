namespace Donmai.Core.Platform.Wire;

/// <summary>A change that the orchestrator asks for (platform-api.md §6.6).</summary>
public sealed record PendingMutation
{
    /// <summary>Its id, by which it is acknowledged.</summary>
    public string? Id { get; init; }

    /// <summary>What is to be done, e.g. <c>project.add</c>.</summary>
    public string? Op { get; init; }

    /// <summary>What it is to be done with; an object.</summary>
    public JsonText? Params { get; init; }

    /// <summary>When it was asked for, RFC 3339.</summary>
    public string? RequestedAt { get; init; }

    /// <summary>Who asked for it.</summary>
    public string? RequestedBy { get; init; }
}
