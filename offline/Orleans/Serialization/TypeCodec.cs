namespace Orleans.Serialization;

/// <summary>Copies, writes and reads values of one type.</summary>
public abstract class TypeCodec
{
    public abstract Type Type { get; }

    /// <summary>Values are passed on instead of copied.</summary>
    public virtual bool IsImmutable => false;

    internal abstract object CopyObject(object value, CopyContext context);

    internal abstract void WriteObject(WireWriter writer, object value);

    internal abstract object ReadObject(WireReader reader);
}
