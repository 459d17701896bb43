namespace Orleans.Serialization;

/// <summary>A value cannot cross a grain boundary, because nobody has said how.</summary>
[GenerateSerializer]
public sealed class CodecNotFoundException(string message) : Exception(message)
{
    internal static CodecNotFoundException For(Type type) =>
        new($"{type} cannot cross a grain boundary: mark it with [GenerateSerializer], or use a List<T> or an array instead of a collection expression.");
}
