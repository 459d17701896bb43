namespace Orleans.Serialization;

/// <summary>The base of generated codecs of classes: a class handles its own members and asks its base class for the others.</summary>
public abstract class ObjectCodec<T> : TypeCodec<T>
    where T : class
{
    public sealed override T Copy(T value, CopyContext context)
    {
        var copy = Create();
        CopyMembers(value, copy, context);
        return copy;
    }

    public sealed override void Write(WireWriter writer, T value) => WriteMembers(writer, value);

    public sealed override T Read(WireReader reader)
    {
        var value = Create();
        ReadMembers(reader, value);
        return value;
    }

    public abstract void CopyMembers(T from, T to, CopyContext context);

    public abstract void WriteMembers(WireWriter writer, T value);

    public abstract void ReadMembers(WireReader reader, T value);

    protected abstract T Create();

    /// <summary>The codec of a base class.</summary>
    protected static ObjectCodec<TBase> Base<TBase>()
        where TBase : class => CodecOf<TBase>.Required as ObjectCodec<TBase>
            ?? throw new CodecNotFoundException($"{typeof(TBase)}, the base of {typeof(T)}, is not marked with [GenerateSerializer].");
}
