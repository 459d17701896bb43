namespace Orleans.Metadata;

/// <summary>What the attributes of a grain method say.</summary>
[Flags]
public enum GrainMethodOptions
{
    None = 0,
    AlwaysInterleave = 1,
    ReadOnly = 2,
    OneWay = 4,

    /// <summary>A tick of a timer, which belongs to one activation and dies with it.</summary>
    Tick = 8,

    /// <summary>The tick keeps the activation alive.</summary>
    Activity = 16,

    /// <summary>Asks for a part of a sequence.</summary>
    Stream = 32,
}
