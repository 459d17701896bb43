using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>All codecs of the process: those of the engine, and those that modules bring.</summary>
internal static class Codecs
{
    /// <summary>Names of types are read to their depth: a sender must not choose it.</summary>
    private const int LongestName = 1024;

    /// <summary>The other side must not fill the memory with ever new names.</summary>
    private const int MostKnownTypes = 4096;

    private static readonly Lock Gate = new();
    private static readonly CodecRegistration Registered = EngineCodecs.Create();
    private static readonly HashSet<Assembly> Known = [];
    private static readonly ConcurrentDictionary<Type, TypeCodec> Made = new();
    private static readonly ConcurrentDictionary<Type, string> KnownNames = new();
    private static readonly ConcurrentDictionary<string, Type> KnownTypes = new(StringComparer.Ordinal);

    /// <exception cref="CodecNotFoundException">The type may not cross a boundary.</exception>
    public static TypeCodec For(Type type) => Made.TryGetValue(type, out var codec) ? codec : Made.GetOrAdd(type, Make);

    public static void Add(Assembly assembly, GrainModule module)
    {
        lock (Gate)
        {
            if (Known.Add(assembly))
            {
                module.RegisterCodecs(Registered);
            }
        }
    }

    /// <summary>The type has a name on the wire.</summary>
    public static bool IsNamed(Type type) => KnownNames.ContainsKey(type) || RegisteredName(type) is not null;

    /// <exception cref="CodecNotFoundException">The type has no name on the wire.</exception>
    public static string NameOf(Type type) => KnownNames.TryGetValue(type, out var name) ? name : KnownNames.GetOrAdd(type, MakeName);

    /// <exception cref="CodecNotFoundException">This side does not have the type.</exception>
    public static Type TypeOf(string name)
    {
        if (KnownTypes.TryGetValue(name, out var type))
        {
            return type;
        }

        type = MakeType(name);
        if (KnownTypes.Count < MostKnownTypes)
        {
            KnownTypes.TryAdd(name, type);
        }

        return type;
    }

    private static string MakeName(Type type)
    {
        if (type.IsArray)
        {
            return NameOf(type.GetElementType()!) + "[]";
        }

        if (type.IsAssignableTo(typeof(GrainReference)))
        {
            return EngineCodecs.ReferenceName;
        }

        var definition = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        var name = RegisteredName(definition) ?? throw CodecNotFoundException.For(type);
        return definition == type ? name : $"{name}<{string.Join(',', type.GetGenericArguments().Select(NameOf))}>";
    }

    private static Type MakeType(string name)
    {
        if (name.Length > LongestName)
        {
            throw new CodecNotFoundException("The other side sent the name of a type that is longer than any.");
        }

        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            return TypeOf(name[..^2]).MakeArrayType();
        }

        var bracket = name.IndexOf('<', StringComparison.Ordinal);
        var definition = bracket < 0 ? name : name[..bracket];
        lock (Gate)
        {
            if (!Registered.Types.TryGetValue(definition, out var type))
            {
                throw new CodecNotFoundException($"The other side sent a \"{definition}\", which is not known here: are both of the same version?");
            }

            if (bracket < 0)
            {
                return type;
            }

            return type.MakeGenericType([.. GenericArguments(name[(bracket + 1)..^1]).Select(TypeOf)]);
        }
    }

    private static IEnumerable<string> GenericArguments(string list)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            depth += list[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (depth == 0 && list[i] == ',')
            {
                yield return list[start..i];
                start = i + 1;
            }
        }

        yield return list[start..];
    }

    private static string? RegisteredName(Type definition)
    {
        AddModuleOf(definition);
        lock (Gate)
        {
            return Registered.Names.GetValueOrDefault(definition);
        }
    }

    private static TypeCodec Make(Type type) => TryMake(type) ?? throw CodecNotFoundException.For(type);

    private static TypeCodec? TryMake(Type type)
    {
        AddModuleOf(type);
        lock (Gate)
        {
            if (Registered.Closed.TryGetValue(type, out var create))
            {
                return create();
            }

            return OpenCodec(type) is { } open ? (TypeCodec)Activator.CreateInstance(open)! : null;
        }
    }

    private static Type? OpenCodec(Type type)
    {
        if (type.IsEnum)
        {
            return typeof(EnumCodec<>).MakeGenericType(type);
        }

        if (type.IsSZArray)
        {
            return typeof(ArrayCodec<>).MakeGenericType(type.GetElementType()!);
        }

        if (type.IsConstructedGenericType && Registered.Open.TryGetValue(type.GetGenericTypeDefinition(), out var open))
        {
            return open.MakeGenericType(type.GetGenericArguments());
        }

        if (type.IsAssignableTo(typeof(GrainReference)))
        {
            return typeof(ReferenceCodec<>).MakeGenericType(type);
        }

        return type.IsAssignableTo(typeof(Exception)) ? typeof(PlainExceptionCodec<>).MakeGenericType(type) : null;
    }

    private static void AddModuleOf(Type type)
    {
        if (type.Assembly.GetCustomAttribute<GrainModuleAttribute>() is { } attribute)
        {
            lock (Gate)
            {
                if (Known.Contains(type.Assembly))
                {
                    return;
                }
            }

            Add(type.Assembly, GrainModules.Create(attribute));
        }
    }
}
