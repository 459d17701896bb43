namespace Orleans.Serialization;

/// <summary>Whether all values of a type may be passed on instead of copied.</summary>
internal static class Immutability
{
    public static bool Of<T>() => CodecOf<T>.IsExact && CodecOf<T>.Required.IsImmutable;
}
