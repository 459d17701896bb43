namespace Refit;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AliasAsAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
