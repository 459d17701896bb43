namespace Donmai.FakePlatform.Workers;

/// <summary>A mutation and what became of it.</summary>
public sealed record MutationStanding
{
    /// <summary>The mutation, with its id.</summary>
    public required Mutation Mutation { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Beats that were told of it.</summary>
    public int Deliveries { get; init; }

    /// <summary>Beats that acknowledged it, as done or as failed.</summary>
    public int Acknowledgements { get; init; }

    /// <summary>Why it could not be done, where it could not.</summary>
    public string? Error { get; init; }
}
