namespace Orleans;

/// <summary>Sees every call before it leaves the caller.</summary>
public interface IOutgoingGrainCallFilter
{
    Task Invoke(IOutgoingGrainCallContext context);
}
