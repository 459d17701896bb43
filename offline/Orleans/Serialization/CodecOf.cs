namespace Orleans.Serialization;

/// <summary>The codec of a type, looked up once.</summary>
internal static class CodecOf<T>
{
    /// <summary>Values have exactly this type.</summary>
    public static readonly bool IsExact = typeof(T).IsValueType || typeof(T).IsSealed;

    private static TypeCodec<T>? _codec;

    public static TypeCodec<T> Required => _codec ??= (TypeCodec<T>)Codecs.For(typeof(T));
}
