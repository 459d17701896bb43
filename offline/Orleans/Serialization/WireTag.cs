namespace Orleans.Serialization;

/// <summary>What stands in front of a value that may be null or of a derived type.</summary>
internal static class WireTag
{
    public const byte Null = 0;
    public const byte Declared = 1;
    public const byte Named = 2;
    public const byte UnmarkedException = 3;
}
