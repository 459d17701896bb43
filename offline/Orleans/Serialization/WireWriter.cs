using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Orleans.Serialization;

/// <summary>Writes values for another process.</summary>
public sealed class WireWriter
{
    private const int DeepestLevel = 256;

    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private int _level;

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Write<T>(T value)
    {
        _level = _level < DeepestLevel
            ? _level + 1
            : throw new InvalidOperationException("A value that crosses a grain boundary refers to itself, or is nested too deeply.");
        if (typeof(T).IsValueType)
        {
            CodecOf<T>.Required.Write(this, value);
        }
        else
        {
            WriteObject(value);
        }

        _level--;
    }

    /// <summary>Begins the members of a type; each is written as its id and its value.</summary>
    public void Members(int count) => Integer(count);

    public void Member<T>(uint id, T value)
    {
        Integer(id);
        Write(value);
    }

    internal void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    /// <summary>Small numbers, of either sign, take few bytes.</summary>
    internal void Integer(long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var span = _buffer.GetSpan(10);
        var length = 0;
        while (rest >= 0x80)
        {
            span[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[length++] = (byte)rest;
        _buffer.Advance(length);
    }

    internal void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Integer(length);
        _buffer.Advance(Encoding.UTF8.GetBytes(value, _buffer.GetSpan(length)));
    }

    internal void Bytes(ReadOnlySpan<byte> value)
    {
        Integer(value.Length);
        _buffer.Write(value);
    }

    /// <summary>Leaves room for the length of what follows.</summary>
    internal void BeginFrame() => _buffer.Advance(_buffer.GetSpan(sizeof(int)).Length >= sizeof(int) ? sizeof(int) : 0);

    internal ReadOnlyMemory<byte> EndFrame()
    {
        var frame = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory);
        BinaryPrimitives.WriteInt32LittleEndian(frame.Span, frame.Length - sizeof(int));
        return frame;
    }

    private void WriteObject<T>(T value)
    {
        switch (value)
        {
            case null:
                Byte(WireTag.Null);
                break;
            case Exception exception when !Codecs.IsNamed(exception.GetType()):
                Byte(WireTag.UnmarkedException);
                UnmarkedExceptions.Write(this, exception);
                break;
            case not null when value.GetType() == typeof(T):
                Byte(WireTag.Declared);
                CodecOf<T>.Required.Write(this, value);
                break;
            default:
                Byte(WireTag.Named);
                Text(Codecs.NameOf(value.GetType()));
                Codecs.For(value.GetType()).WriteObject(this, value);
                break;
        }
    }
}
