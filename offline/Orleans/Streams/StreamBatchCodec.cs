using Orleans.Serialization;

namespace Orleans.Runtime;

internal sealed class StreamBatchCodec<TItem> : TypeCodec<StreamBatch<TItem>>
{
    public override StreamBatch<TItem> Copy(StreamBatch<TItem> value, CopyContext context) => new(context.Copy(value.Items), value.IsLast);

    public override void Write(WireWriter writer, StreamBatch<TItem> value)
    {
        writer.Write(value.IsLast);
        writer.Write(value.Items);
    }

    public override StreamBatch<TItem> Read(WireReader reader)
    {
        var isLast = reader.Read<bool>();
        return new StreamBatch<TItem>(reader.Read<List<TItem>>(), isLast);
    }
}
