namespace Orleans.Concurrency;

/// <summary>Callers of the method do not wait for it and do not learn whether it failed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
