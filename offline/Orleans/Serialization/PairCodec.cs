namespace Orleans.Serialization;

internal sealed class PairCodec<T1, T2> : TypeCodec<(T1, T2)>
{
    public override bool IsImmutable => Immutability.Of<T1>() && Immutability.Of<T2>();

    public override (T1, T2) Copy((T1, T2) value, CopyContext context) => (context.Copy(value.Item1), context.Copy(value.Item2));

    public override void Write(WireWriter writer, (T1, T2) value)
    {
        writer.Write(value.Item1);
        writer.Write(value.Item2);
    }

    public override (T1, T2) Read(WireReader reader) => (reader.Read<T1>(), reader.Read<T2>());
}
