using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>References to grains are written as the grain's id and the interface.</summary>
internal sealed class ReferenceCodec<T> : TypeCodec<T>
    where T : GrainReference
{
    public override bool IsImmutable => true;

    public override T Copy(T value, CopyContext context) => value;

    public override void Write(WireWriter writer, T value)
    {
        writer.Text(value.GrainId.ToString());
        writer.Text(value.InterfaceType.ToString());
    }

    public override T Read(WireReader reader)
    {
        var id = GrainId.Parse(reader.Text());
        return (T)reader.References.Create(GrainModules.Interface(reader.Text()), id);
    }
}
