namespace Orleans.Metadata;

/// <summary>Names an assembly with a module that this assembly refers to.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class GrainModuleReferenceAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
