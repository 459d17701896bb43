namespace Orleans.Serialization.Invocation;

/// <summary>Holds what a request is invoked on.</summary>
public interface ITargetHolder
{
    object? GetTarget();
}
