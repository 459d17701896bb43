namespace Orleans.Metadata;

/// <summary>Names the generated module of an assembly, so that nothing has to be searched for.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainModuleAttribute(Type module) : Attribute
{
    public Type Module { get; } = module;
}
