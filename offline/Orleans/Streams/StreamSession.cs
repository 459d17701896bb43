namespace Orleans.Runtime;

/// <summary>A sequence that a grain is producing for somebody. Used in turns of its activation only.</summary>
internal abstract class StreamSession
{
    /// <summary>Somebody has asked since the last look.</summary>
    public bool IsWanted { get; set; } = true;

    /// <summary>What is there; waits a while for something if nothing is.</summary>
    public abstract Task<StreamBatch> Next(TimeSpan wait, TimeProvider clock);

    /// <summary>Ends the sequence, after what it is doing.</summary>
    public abstract Task Stop();
}
