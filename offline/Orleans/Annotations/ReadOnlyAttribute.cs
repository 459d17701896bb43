namespace Orleans.Concurrency;

/// <summary>Calls of the method interleave with other read-only calls.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
