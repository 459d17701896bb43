namespace Orleans.Serialization;

/// <summary>An exception that is not marked with [GenerateSerializer]: it keeps its type, message and cause.</summary>
internal sealed class PlainExceptionCodec<T> : TypeCodec<T>
    where T : Exception
{
    public override bool IsImmutable => true;

    public override T Copy(T value, CopyContext context) => value;

    public override void Write(WireWriter writer, T value) => UnmarkedExceptions.Write(writer, value);

    public override T Read(WireReader reader) => (T)UnmarkedExceptions.Read(reader);
}
