namespace Donmai.FakePlatform.Faults;

/// <summary>What happens instead of a proper answer.</summary>
public enum FaultKind
{
    /// <summary>A status code (<see cref="Fault.Status"/>) and a body (<see cref="Fault.Body"/>).</summary>
    Status,

    /// <summary>The connection is closed without an answer.</summary>
    Drop,

    /// <summary>The proper answer, <see cref="Fault.DelayMs"/> later.</summary>
    Delay,

    /// <summary>No answer until the caller gives up.</summary>
    Stall,

    /// <summary>200 and a body (<see cref="Fault.Body"/>) that is not what was asked for.</summary>
    Garbage,

    /// <summary>A part of the answer that was announced, then the connection is closed.</summary>
    Truncated,

    /// <summary>307 to <see cref="Fault.Location"/>.</summary>
    Redirect,

    /// <summary>A JSON body of <see cref="Fault.Bytes"/> bytes.</summary>
    Huge,

    /// <summary>The proper answer, a byte every <see cref="Fault.DelayMs"/>.</summary>
    Slow,
}
