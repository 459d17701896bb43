namespace Orleans.Serialization;

internal sealed class NullableCodec<T> : TypeCodec<T?>
    where T : struct
{
    public override bool IsImmutable => CodecOf<T>.Required.IsImmutable;

    public override T? Copy(T? value, CopyContext context) => value is { } present ? context.Copy(present) : null;

    public override void Write(WireWriter writer, T? value)
    {
        writer.Byte(value is null ? WireTag.Null : WireTag.Declared);
        if (value is { } present)
        {
            writer.Write(present);
        }
    }

    public override T? Read(WireReader reader) => reader.Byte() == WireTag.Null ? null : reader.Read<T>();
}
