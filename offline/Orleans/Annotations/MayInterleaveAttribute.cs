namespace Orleans.Concurrency;

/// <summary>Names a static method of the grain class, <c>bool M(IInvokable)</c>, that says which calls interleave.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayInterleaveAttribute(string callbackMethodName) : Attribute
{
    internal string CallbackMethodName { get; } = callbackMethodName;
}
