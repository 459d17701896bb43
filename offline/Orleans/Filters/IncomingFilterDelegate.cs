namespace Orleans;

/// <summary>A filter that is a method.</summary>
internal sealed class IncomingFilterDelegate(IncomingGrainCallFilterDelegate filter) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) => filter(context);
}
