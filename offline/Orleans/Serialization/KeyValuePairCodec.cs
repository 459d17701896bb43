namespace Orleans.Serialization;

internal sealed class KeyValuePairCodec<TKey, TValue> : TypeCodec<KeyValuePair<TKey, TValue>>
{
    public override bool IsImmutable => Immutability.Of<TKey>() && Immutability.Of<TValue>();

    public override KeyValuePair<TKey, TValue> Copy(KeyValuePair<TKey, TValue> value, CopyContext context) =>
        new(context.Copy(value.Key), context.Copy(value.Value));

    public override void Write(WireWriter writer, KeyValuePair<TKey, TValue> value)
    {
        writer.Write(value.Key);
        writer.Write(value.Value);
    }

    public override KeyValuePair<TKey, TValue> Read(WireReader reader) => new(reader.Read<TKey>(), reader.Read<TValue>());
}
