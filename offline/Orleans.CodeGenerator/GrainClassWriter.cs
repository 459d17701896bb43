using Microsoft.CodeAnalysis;

namespace Orleans.CodeGenerator;

/// <summary>Writes the description of a grain class, with the call of its constructor.</summary>
internal static class GrainClassWriter
{
    public static GeneratedPart Write(INamedTypeSymbol type, string space)
    {
        var id = type.Identifier();
        var code = new GeneratedCode(space);
        var constructor = type.InstanceConstructors
            .Where(candidate => candidate.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal)
            .OrderByDescending(candidate => candidate.Parameters.Length)
            .FirstOrDefault();
        if (constructor is null)
        {
            code.Error($"{type.MetadataName()}: a grain class has a public constructor.");
            return new GeneratedPart($"{id}.class.g.cs", code.ToString());
        }

        code.Open($"internal static class Class_{id}");
        code.Open("public static readonly global::Orleans.Metadata.GrainClass Description = new()");
        code.Line($"Type = typeof({type.Name()}),");
        code.Line($"GrainType = {Symbols.Literal(GrainType(type))},");
        code.Line($"Interfaces = new global::System.Type[] {{ {string.Join(", ", type.AllInterfaces.Where(Symbols.IsGrainInterface).Select(Typeof))} }},");
        code.Line($"Create = static activator => new {type.Name()}({string.Join(", ", constructor.Parameters.Select(Argument))}),");
        foreach (var line in Behaviour(type))
        {
            code.Line(line);
        }

        code.Close(";");
        code.Close();
        return new GeneratedPart($"{id}.class.g.cs", code.ToString(), Class: $"Class_{id}.Description");
    }

    private static string Typeof(INamedTypeSymbol type) => $"typeof({type.Name()})";

    /// <summary>What the class says by [GrainType], or its name without "Grain", in small letters.</summary>
    private static string GrainType(INamedTypeSymbol type)
    {
        if (type.Attribute("Orleans.GrainTypeAttribute").Argument(0) is string given)
        {
            return given;
        }

        var name = type.Name.ToLowerInvariant();
        return name.EndsWith("grain", System.StringComparison.Ordinal) && name.Length > "grain".Length
            ? name.Substring(0, name.Length - "grain".Length)
            : name;
    }

    private static IEnumerable<string> Behaviour(INamedTypeSymbol type)
    {
        if (Find(type, "Orleans.Concurrency.ReentrantAttribute") is not null)
        {
            yield return "Reentrant = true,";
        }

        if (Find(type, "Orleans.KeepAliveAttribute") is not null)
        {
            yield return "KeepAlive = true,";
        }

        if (Find(type, "Orleans.CollectionAgeLimitAttribute") is { } age)
        {
            var arguments = string.Join(", ", age.ConstructorArguments.Select(argument => Symbols.Literal(argument.Value)));
            var named = string.Join(", ", age.NamedArguments.Select(argument => $"{argument.Key} = {Symbols.Literal(argument.Value.Value)}"));
            yield return $"AgeLimit = static () => new global::Orleans.CollectionAgeLimitAttribute({arguments}) {{ {named} }},";
        }
    }

    private static AttributeData? Find(INamedTypeSymbol? type, string name) =>
        type is null ? null : type.Attribute(name) ?? Find(type.BaseType, name);

    private static string Argument(IParameterSymbol parameter)
    {
        var type = parameter.Type.Name();
        if (parameter.Attribute("Orleans.Runtime.PersistentStateAttribute") is { } state && parameter.Type is INamedTypeSymbol { Arity: 1 } generic)
        {
            return $"activator.State<{generic.TypeArguments[0].Name()}>({Symbols.Literal(state.Argument(0))}, {Symbols.Literal(state.Argument(1))})";
        }

        if (parameter.Attribute("Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute") is { } keyed)
        {
            return $"activator.KeyedService<{type}>({Symbols.Literal(keyed.Argument(0))})";
        }

        return type == "global::Orleans.Runtime.IGrainContext" ? "activator.Context"
            : parameter.HasExplicitDefaultValue ? $"activator.ServiceOrDefault<{type}>({Symbols.Literal(parameter.ExplicitDefaultValue)})"
            : $"activator.Service<{type}>()";
    }
}
