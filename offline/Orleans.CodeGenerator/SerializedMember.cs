using Microsoft.CodeAnalysis;

namespace Orleans.CodeGenerator;

/// <summary>A member that crosses grain boundaries.</summary>
internal sealed record SerializedMember(uint Id, string Name, string Field, string Type, bool IsImmutable)
{
    /// <summary>Positional members of records are numbered by their place, apart from the numbers that are given.</summary>
    private const uint FirstPositional = 1000;

    public static SerializedMember? From(ISymbol member, INamedTypeSymbol type)
    {
        var id = member.Attribute("Orleans.IdAttribute").Argument(0) as uint? ?? Positional(member, type);
        var field = member is IFieldSymbol own ? own : FieldOf(member, type);
        if (id is null || field is null)
        {
            return null;
        }

        return new SerializedMember(
            id.Value, member.Name, field.Name, field.Type.Name(), field.Type.IsImmutable() || member.Has("Orleans.ImmutableAttribute"));
    }

    private static IFieldSymbol? FieldOf(ISymbol property, INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
            {
                return field;
            }
        }

        return null;
    }

    private static uint? Positional(ISymbol member, INamedTypeSymbol type)
    {
        if (!type.IsRecord || member is not IPropertySymbol)
        {
            return null;
        }

        foreach (var constructor in type.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (parameter.Name == member.Name && SymbolEqualityComparer.Default.Equals(parameter.Type, ((IPropertySymbol)member).Type))
                {
                    return FirstPositional + (uint)parameter.Ordinal;
                }
            }
        }

        return null;
    }
}
