namespace Donmai.Core.Platform;

/// <summary>What became of a request in an outbox.</summary>
public enum OutboxState
{
    /// <summary>It waits.</summary>
    Pending,

    /// <summary>The platform has it.</summary>
    Done,

    /// <summary>The platform refused it for good.</summary>
    Refused,

    /// <summary>Somebody gave it up.</summary>
    Discarded,
}
