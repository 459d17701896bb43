using Orleans.Serialization;

namespace Orleans.Runtime;

/// <inheritdoc/>
internal sealed class RemoteCall<TResult>(Task<TResult> task) : RemoteCall
{
    public override Task Completion => task;

    public override void WriteResult(WireWriter writer) => writer.Write(task.GetAwaiter().GetResult());
}
