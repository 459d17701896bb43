namespace Orleans.Serialization;

internal sealed class ReadOnlyMemoryCodec<T> : TypeCodec<ReadOnlyMemory<T>>
{
    private static readonly ArrayCodec<T> Array = new();

    public override ReadOnlyMemory<T> Copy(ReadOnlyMemory<T> value, CopyContext context) => Array.Copy(value.ToArray(), context);

    public override void Write(WireWriter writer, ReadOnlyMemory<T> value) => Array.Write(writer, value.ToArray());

    public override ReadOnlyMemory<T> Read(WireReader reader) => Array.Read(reader);
}
