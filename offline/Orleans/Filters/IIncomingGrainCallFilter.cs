namespace Orleans;

/// <summary>Sees every call before the grain does; on a grain class, the calls of that grain.</summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}
