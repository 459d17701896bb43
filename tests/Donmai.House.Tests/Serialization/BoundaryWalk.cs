using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace Donmai.House.Tests.Serialization;

/// <summary>
/// Walks everything that crosses a grain boundary and collects what the engine's serializer could not carry (packages.md §3).
/// Attributes are recognised by their names, so that the walk can be tried on samples that no code generator accepts.
/// </summary>
internal sealed class BoundaryWalk(Func<Type, bool> isOurs)
{
    private static readonly HashSet<Type> Values =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Uri), typeof(Version), typeof(GrainId), typeof(void), typeof(Task), typeof(ValueTask),
    ];

    private static readonly HashSet<Type> Containers =
    [
        typeof(Nullable<>), typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(KeyValuePair<,>),
        typeof(ImmutableArray<>), typeof(ImmutableDictionary<,>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>),
        typeof(Task<>), typeof(ValueTask<>), typeof(IAsyncEnumerable<>),
    ];

    private readonly HashSet<Type> _seen = [];
    private readonly Dictionary<string, Type> _aliases = new(StringComparer.Ordinal);

    public SortedSet<string> Violations { get; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Type> Seen => _seen;

    public void Interface(Type grain)
    {
        foreach (var method in grain.GetMethods())
        {
            Method(grain, method);
        }
    }

    public void Value(Type type, string where)
    {
        if (type.IsArray)
        {
            Value(type.GetElementType()!, where);
        }
        else if (type.IsPrimitive || Values.Contains(type) || type.IsGenericParameter || type.IsAssignableTo(typeof(IGrain)))
        {
            return;
        }
        else if (type.IsConstructedGenericType && Containers.Contains(type.GetGenericTypeDefinition()))
        {
            Arguments(type, where);
        }
        else if (type.IsInterface && type.IsAssignableTo(typeof(IEnumerable)))
        {
            Violations.Add($"{where} is {Name(type)}: a collection expression assigned to it could not be read back; use a List<T>, an array or ImmutableArray<T>");
        }
        else if (isOurs(type))
        {
            Arguments(type, where);
            Ours(type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type);
        }
        else if (type != typeof(Exception))
        {
            Violations.Add($"{where} is {Name(type)}, which does not cross a grain boundary");
        }
    }

    private static bool Has(MemberInfo member, string attribute) => Find(member, attribute) is not null;

    private static CustomAttributeData? Find(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType.Name == attribute + "Attribute");

    private static string Name(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;

    private void Method(Type grain, MethodInfo method)
    {
        var where = $"{grain.Name}.{method.Name}";
        var isSequence = method.ReturnType.IsConstructedGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);
        if (isSequence && method.GetParameters().All(parameter => parameter.ParameterType != typeof(CancellationToken)))
        {
            Violations.Add($"{where} returns a sequence and takes no CancellationToken");
        }

        Value(method.ReturnType, $"{where}, the result,");
        foreach (var parameter in method.GetParameters().Where(parameter => parameter.ParameterType != typeof(CancellationToken)))
        {
            Value(parameter.ParameterType, $"{where}({parameter.Name})");
        }
    }

    private void Arguments(Type type, string where)
    {
        foreach (var argument in type.GetGenericArguments())
        {
            Value(argument, where);
        }
    }

    private void Ours(Type type)
    {
        if (!_seen.Add(type))
        {
            return;
        }

        Marks(type);
        if (type.IsEnum)
        {
            return;
        }

        Members(type);
        if (type.BaseType is { } parent && isOurs(parent))
        {
            Ours(parent.IsConstructedGenericType ? parent.GetGenericTypeDefinition() : parent);
        }

        foreach (var derived in type.Assembly.GetTypes().Where(other => other.BaseType == type))
        {
            Ours(derived);
        }
    }

    private void Marks(Type type)
    {
        if (!Has(type, "GenerateSerializer"))
        {
            Violations.Add($"{Name(type)} has no [GenerateSerializer]");
        }

        if (Find(type, "Alias")?.ConstructorArguments[0].Value is not string alias)
        {
            Violations.Add($"{Name(type)} has no [Alias]");
        }
        else if (!_aliases.TryAdd(alias, type) && _aliases[alias] != type)
        {
            Violations.Add($"{Name(type)} and {Name(_aliases[alias])} have the same [Alias(\"{alias}\")]");
        }
    }

    private void Members(Type type)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var ids = new Dictionary<object, string>();
        var stored = type.GetFields(Own).Select(field => (Field: field, Member: Visible(type, field, Own)));
        foreach (var (field, member) in stored)
        {
            var where = $"{Name(type)}.{member.Name}";
            if (Find(member, "Id")?.ConstructorArguments[0].Value is not { } id)
            {
                Violations.Add($"{where} has no [Id]");
            }
            else if (!ids.TryAdd(id, member.Name))
            {
                Violations.Add($"{where} and {ids[id]} have the same [Id({id})]");
            }

            Value(field.FieldType, where);
        }
    }

    /// <summary>The property that a field belongs to, or the field itself.</summary>
    private static MemberInfo Visible(Type type, FieldInfo field, BindingFlags own) =>
        field.Name.StartsWith('<') && type.GetProperty(field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)], own) is { } property ? property : field;
}
