namespace Orleans.Serialization;

/// <summary>A value that never changes.</summary>
internal sealed class ValueCodec<T>(Action<WireWriter, T> write, Func<WireReader, T> read) : TypeCodec<T>
{
    public override bool IsImmutable => true;

    public override T Copy(T value, CopyContext context) => value;

    public override void Write(WireWriter writer, T value) => write(writer, value);

    public override T Read(WireReader reader) => read(reader);
}
