namespace Orleans.Concurrency;

/// <summary>All calls of the grain class interleave at its awaits.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
