using Microsoft.CodeAnalysis;

namespace Orleans.CodeGenerator;

/// <summary>Writes the reference class of a grain interface, and a request class for each of its methods.</summary>
internal static class GrainInterfaceWriter
{
    public static GeneratedPart Write(INamedTypeSymbol type, string space)
    {
        var id = type.Identifier();
        var code = new GeneratedCode(space);
        if (type.Arity > 0)
        {
            code.Error($"{type.MetadataName()}: grain interfaces cannot be generic.");
            return new GeneratedPart($"{id}.grain.g.cs", code.ToString());
        }

        var members = type.AllInterfaces.Where(other => other.IsGrainInterface()).Prepend(type).SelectMany(other => other.GetMembers()).ToList();
        var methods = members.OfType<IMethodSymbol>().Where(method => method is { IsAbstract: true, MethodKind: MethodKind.Ordinary }).ToList();
        foreach (var other in members.Where(member => member is IPropertySymbol or IEventSymbol && member.IsAbstract))
        {
            code.Error($"{type.MetadataName()}.{other.Name}: a grain interface has methods only.");
        }

        var requests = methods.Select((method, index) => new GrainRequestWriter(method, $"{id}_{index}")).ToList();
        WriteReference(code, type, id, requests);
        requests.ForEach(request => request.Write(code));
        return new GeneratedPart($"{id}.grain.g.cs", code.ToString(), Interface: $"Reference_{id}.Description");
    }

    private static void WriteReference(GeneratedCode code, INamedTypeSymbol type, string id, List<GrainRequestWriter> requests)
    {
        var name = Symbols.Literal(type.Alias() ?? type.FullName());
        var methods = string.Concat(requests.Where(request => request.IsCallable).Select(request => $", {request.ClassName}.Description"));
        code.Open($"internal sealed class Reference_{id}(global::Orleans.Runtime.GrainReferenceShared shared, global::Orleans.Runtime.IdSpan key) "
            + $": global::Orleans.Runtime.GrainReference(shared, key), {type.Name()}");
        code.Line("public static readonly global::Orleans.Metadata.GrainInterface Description = "
            + $"new(typeof({type.Name()}), {name}, static (shared, key) => new Reference_{id}(shared, key){methods});");
        requests.ForEach(request => request.WriteCall(code));
        code.Close();
        code.Line("");
    }
}
