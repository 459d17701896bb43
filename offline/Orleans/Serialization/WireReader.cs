using System.Text;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>Reads what <see cref="WireWriter"/> has written in another process.</summary>
public sealed class WireReader
{
    /// <summary>Deeper than any value of the product, and far from what a stack holds.</summary>
    private const int DeepestLevel = 256;

    private readonly ReadOnlyMemory<byte> _bytes;
    private int _position;
    private int _level;

    internal WireReader(ReadOnlyMemory<byte> bytes, GrainReferences references)
    {
        _bytes = bytes;
        References = references;
    }

    internal GrainReferences References { get; }

    public T Read<T>()
    {
        _level = _level < DeepestLevel ? _level + 1 : throw Malformed();
        var value = typeof(T).IsValueType ? CodecOf<T>.Required.Read(this) : ReadObject<T>();
        _level--;
        return value;
    }

    /// <summary>How many members follow.</summary>
    public int Members() => Count();

    public uint MemberId() => (uint)Integer();

    /// <summary>For generated code: a member that this side's type does not have.</summary>
    public static Exception UnknownMember(Type type, uint id) =>
        new CodecNotFoundException($"The other side's {type} has a member {id} that is not known here: are both of the same version?");

    internal byte Byte() => _position < _bytes.Length ? _bytes.Span[_position++] : throw Malformed();

    internal long Integer()
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }

            shift = shift < 63 ? shift + 7 : throw Malformed();
        }
    }

    /// <summary>A number of things that follow; there cannot be more of them than bytes.</summary>
    internal int Count() => Integer() is >= 0 and var count && count <= _bytes.Length - _position ? (int)count : throw Malformed();

    internal string Text() => Encoding.UTF8.GetString(Bytes());

    internal ReadOnlySpan<byte> Bytes()
    {
        var length = Count();
        var bytes = _bytes.Span.Slice(_position, length);
        _position += length;
        return bytes;
    }

    private T ReadObject<T>() =>
        Byte() switch
        {
            WireTag.Null => default!,
            WireTag.Declared => CodecOf<T>.Required.Read(this),
            WireTag.Named => Codecs.For(Codecs.TypeOf(Text())).ReadObject(this) is T value ? value : throw Malformed(),
            WireTag.UnmarkedException => UnmarkedExceptions.Read(this) is T value ? value : throw Malformed(),
            _ => throw Malformed(),
        };

    private static InvalidDataException Malformed() => new("What arrived at the gateway port is not a grain call.");
}
