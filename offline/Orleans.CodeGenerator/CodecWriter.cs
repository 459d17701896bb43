using Microsoft.CodeAnalysis;

namespace Orleans.CodeGenerator;

/// <summary>Writes the codec of a type that is marked with [GenerateSerializer].</summary>
internal sealed class CodecWriter
{
    private const string Serialization = "global::Orleans.Serialization.";
    private const string Accessor = "[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.";

    private readonly INamedTypeSymbol _type;
    private readonly string _id;
    private readonly string _name;
    private readonly string _byRef;
    private readonly List<SerializedMember> _members;
    private readonly INamedTypeSymbol? _base;

    private CodecWriter(INamedTypeSymbol type)
    {
        _type = type;
        _id = type.Identifier();
        _name = type.Name();
        _byRef = type.IsValueType ? "ref " : "";
        _members = type.GetMembers().Where(member => !member.IsStatic).Select(member => SerializedMember.From(member, type))
            .OfType<SerializedMember>().OrderBy(member => member.Id).ToList();
        _base = Bases(type).FirstOrDefault(parent => parent.IsSerialized() || parent.FullName() == "System.Exception");
    }

    public static GeneratedPart Write(INamedTypeSymbol type, string space)
    {
        var name = Symbols.Literal(type.Alias() ?? type.FullName());
        if (type.TypeKind == TypeKind.Enum)
        {
            return new GeneratedPart("", "", Codec: $"codecs.AddName(typeof({type.Name()}), {name});");
        }

        var code = new GeneratedCode(space);
        var writer = new CodecWriter(type);
        writer.Check(code);
        writer.Write(code);
        var register = type.Arity == 0
            ? $"codecs.Add<{type.Name()}>({name}, static () => new Codec_{writer._id}());"
            : $"codecs.AddOpen({name}, typeof({type.ConstructUnboundGenericType().Name()}), typeof(Codec_{writer._id}<{new string(',', type.Arity - 1)}>));";
        return new GeneratedPart($"{writer._id}.codec.g.cs", code.ToString(), Codec: register);
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            yield return parent;
        }
    }

    private void Check(GeneratedCode code)
    {
        if (_type.ContainingType is { Arity: > 0 })
        {
            code.Error($"{_type.MetadataName()}: a serialized type cannot be nested in a generic one.");
        }

        foreach (var twice in _members.GroupBy(member => member.Id).Where(group => group.Count() > 1))
        {
            code.Error($"{_type.MetadataName()}: {string.Join(" and ", twice.Select(member => member.Name))} have the same [Id({twice.Key})].");
        }

        foreach (var property in _type.GetMembers().OfType<IPropertySymbol>()
            .Where(property => property.Has("Orleans.IdAttribute") && _members.All(member => member.Name != property.Name)))
        {
            code.Error($"{_type.MetadataName()}.{property.Name}: a member with [Id] is a field or an auto-property.");
        }
    }

    private void Write(GeneratedCode code)
    {
        var parameters = _type.Arity == 0 ? "" : $"<{string.Join(", ", _type.TypeParameters.Select(parameter => parameter.Name))}>";
        var kind = _type.IsValueType ? "TypeCodec" : "ObjectCodec";
        code.Open($"internal sealed class Codec_{_id}{parameters} : {Serialization}{kind}<{_name}>{Constraints()}");
        var immutable = _type.Has("Orleans.ImmutableAttribute") || _type.IsException();
        code.Line($"public override bool IsImmutable => {(immutable ? "true" : "false")};");
        if (_type.IsValueType)
        {
            WriteValue(code);
        }
        else
        {
            WriteObject(code);
        }

        foreach (var member in _members)
        {
            code.Line($"{Accessor}Field, Name = {Symbols.Literal(member.Field)})]");
            code.Line($"private static extern ref {member.Type} M{member.Id}({_byRef}{_name} value);");
        }

        code.Close();
    }

    private string Constraints() => string.Concat(_type.TypeParameters.Select(parameter =>
    {
        var constraints = new List<string>();
        if (parameter.HasValueTypeConstraint)
        {
            constraints.Add("struct");
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            constraints.Add("class");
        }
        else if (parameter.HasNotNullConstraint)
        {
            constraints.Add("notnull");
        }

        constraints.AddRange(parameter.ConstraintTypes.Select(type => type.Name()));
        if (parameter.HasConstructorConstraint)
        {
            constraints.Add("new()");
        }

        return constraints.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", constraints)}";
    }));

    private void WriteObject(GeneratedCode code)
    {
        WriteCreate(code);
        var baseCodec = _base is null ? null : $"Base<{_base.Name()}>()";
        code.Open($"public override void CopyMembers({_name} from, {_name} to, {Serialization}CopyContext context)");
        CallBase(code, baseCodec, "CopyMembers(from, to, context)");
        foreach (var member in _members)
        {
            code.Line($"M{member.Id}(to) = {(member.IsImmutable ? $"M{member.Id}(from)" : $"context.Copy(M{member.Id}(from))")};");
        }

        code.Close();
        code.Open($"public override void WriteMembers({Serialization}WireWriter writer, {_name} value)");
        CallBase(code, baseCodec, "WriteMembers(writer, value)");
        WriteMembers(code);
        code.Close();
        code.Open($"public override void ReadMembers({Serialization}WireReader reader, {_name} value)");
        CallBase(code, baseCodec, "ReadMembers(reader, value)");
        ReadMembers(code);
        code.Close();
    }

    private static void CallBase(GeneratedCode code, string? baseCodec, string call)
    {
        if (baseCodec is not null)
        {
            code.Line($"{baseCodec}.{call};");
        }
    }

    /// <summary>By the constructor without parameters, so that members that are not there keep their defaults; without any if there is none.</summary>
    private void WriteCreate(GeneratedCode code)
    {
        if (_type.IsAbstract)
        {
            code.Line($"protected override {_name} Create() => throw new global::System.InvalidOperationException(\"{_type.MetadataName()} is abstract.\");");
        }
        else if (!_type.IsException() && _type.InstanceConstructors.Any(constructor => constructor.Parameters.Length == 0))
        {
            code.Line($"{Accessor}Constructor)]");
            code.Line($"private static extern {_name} New();");
            code.Line($"protected override {_name} Create() => New();");
        }
        else
        {
            code.Line($"protected override {_name} Create() => "
                + $"({_name})global::System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof({_name}));");
        }
    }

    private void WriteValue(GeneratedCode code)
    {
        code.Open($"public override {_name} Copy({_name} value, {Serialization}CopyContext context)");
        foreach (var member in _members.Where(member => !member.IsImmutable))
        {
            code.Line($"M{member.Id}(ref value) = context.Copy(M{member.Id}(ref value));");
        }

        code.Line("return value;");
        code.Close();
        code.Open($"public override void Write({Serialization}WireWriter writer, {_name} value)");
        WriteMembers(code);
        code.Close();
        code.Open($"public override {_name} Read({Serialization}WireReader reader)");
        code.Line($"{_name} value = default;");
        ReadMembers(code);
        code.Line("return value;");
        code.Close();
    }

    private void WriteMembers(GeneratedCode code)
    {
        code.Line($"writer.Members({_members.Count});");
        foreach (var member in _members)
        {
            code.Line($"writer.Member({member.Id}u, M{member.Id}({_byRef}value));");
        }
    }

    private void ReadMembers(GeneratedCode code)
    {
        code.Open("for (var left = reader.Members(); left > 0; left--)");
        code.Line("var id = reader.MemberId();");
        code.Open("switch (id)");
        foreach (var member in _members)
        {
            code.Line($"case {member.Id}u: M{member.Id}({_byRef}value) = reader.Read<{member.Type}>(); break;");
        }

        code.Line($"default: throw {Serialization}WireReader.UnknownMember(typeof({_name}), id);");
        code.Close();
        code.Close();
    }
}
