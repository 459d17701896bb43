using System.Collections.Immutable;

namespace Orleans.Serialization;

internal sealed class ImmutableArrayCodec<T> : TypeCodec<ImmutableArray<T>>
{
    private static readonly ArrayCodec<T> Array = new();

    public override bool IsImmutable => Immutability.Of<T>();

    public override ImmutableArray<T> Copy(ImmutableArray<T> value, CopyContext context) =>
        value.IsDefault ? value : ImmutableArray.CreateRange(value, context.Copy);

    public override void Write(WireWriter writer, ImmutableArray<T> value)
    {
        writer.Byte(value.IsDefault ? WireTag.Null : WireTag.Declared);
        if (!value.IsDefault)
        {
            Array.Write(writer, [.. value]);
        }
    }

    public override ImmutableArray<T> Read(WireReader reader) =>
        reader.Byte() == WireTag.Null ? default : [.. Array.Read(reader)];
}
