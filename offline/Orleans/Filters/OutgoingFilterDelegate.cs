namespace Orleans;

/// <summary>A filter that is a method.</summary>
internal sealed class OutgoingFilterDelegate(OutgoingGrainCallFilterDelegate filter) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context) => filter(context);
}
