namespace Orleans.Serialization;

/// <inheritdoc/>
public abstract class TypeCodec<T> : TypeCodec
{
    public override Type Type => typeof(T);

    public abstract T Copy(T value, CopyContext context);

    public abstract void Write(WireWriter writer, T value);

    public abstract T Read(WireReader reader);

    internal sealed override object CopyObject(object value, CopyContext context) => Copy((T)value, context)!;

    internal sealed override void WriteObject(WireWriter writer, object value) => Write(writer, (T)value);

    internal sealed override object ReadObject(WireReader reader) => Read(reader)!;
}
