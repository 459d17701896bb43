namespace Orleans.Serialization;

internal sealed class TripleCodec<T1, T2, T3> : TypeCodec<(T1, T2, T3)>
{
    public override bool IsImmutable => Immutability.Of<T1>() && Immutability.Of<T2>() && Immutability.Of<T3>();

    public override (T1, T2, T3) Copy((T1, T2, T3) value, CopyContext context) =>
        (context.Copy(value.Item1), context.Copy(value.Item2), context.Copy(value.Item3));

    public override void Write(WireWriter writer, (T1, T2, T3) value)
    {
        writer.Write(value.Item1);
        writer.Write(value.Item2);
        writer.Write(value.Item3);
    }

    public override (T1, T2, T3) Read(WireReader reader) => (reader.Read<T1>(), reader.Read<T2>(), reader.Read<T3>());
}
