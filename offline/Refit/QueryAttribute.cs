namespace Refit;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueryAttribute : Attribute;
