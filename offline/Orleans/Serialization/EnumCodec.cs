using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

internal sealed class EnumCodec<T> : TypeCodec<T>
    where T : struct, Enum
{
    public override bool IsImmutable => true;

    public override T Copy(T value, CopyContext context) => value;

    public override void Write(WireWriter writer, T value) => writer.Integer(Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.As<T, byte>(ref value),
        2 => Unsafe.As<T, ushort>(ref value),
        4 => Unsafe.As<T, int>(ref value),
        _ => Unsafe.As<T, long>(ref value),
    });

    public override T Read(WireReader reader) => (T)Enum.ToObject(typeof(T), reader.Integer());
}
