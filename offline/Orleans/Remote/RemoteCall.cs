using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A call on behalf of a client, whose result goes back over the wire.</summary>
internal abstract class RemoteCall
{
    public abstract Task Completion { get; }

    public abstract void WriteResult(WireWriter writer);
}
