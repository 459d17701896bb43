namespace Donmai.Worker.Sessions;

/// <summary>What a turn is for.</summary>
internal enum TurnPurpose
{
    /// <summary>The work itself: the first prompt, or a message of a user.</summary>
    Work,

    /// <summary>The work goes on where it was interrupted, or is begun once more.</summary>
    Again,

    /// <summary>The agent is reminded of what is missing (worker.md §8.2).</summary>
    Steering,
}
