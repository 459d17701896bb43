using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Serialization;

namespace Orleans.Metadata;

/// <summary>The generated modules of the assemblies of this process.</summary>
internal static class GrainModules
{
    private static readonly ConcurrentDictionary<Assembly, GrainModule> Loaded = new();
    private static readonly ConcurrentDictionary<Type, GrainInterface> ByType = new();
    private static readonly ConcurrentDictionary<string, GrainInterface> ByName = new(StringComparer.Ordinal);

    /// <summary>Every module that the program's assemblies have or refer to.</summary>
    public static IReadOnlyCollection<GrainModule> All()
    {
        Load(typeof(GrainModules).Assembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            Load(assembly);
        }

        return [.. Loaded.Values];
    }

    /// <exception cref="ArgumentException">The type is not a grain interface of an assembly with a module.</exception>
    public static GrainInterface Interface(Type type)
    {
        if (!ByType.TryGetValue(type, out var found))
        {
            Load(type.Assembly);
            found = ByType.GetValueOrDefault(type);
        }

        return found ?? throw new ArgumentException($"{type} is not a grain interface, or was compiled without the engine's code generator.", nameof(type));
    }

    /// <exception cref="ArgumentException">No assembly of this process has such a grain interface.</exception>
    public static Type Interface(string name) => Description(name).Type;

    /// <exception cref="ArgumentException">No assembly of this process has such a grain interface.</exception>
    public static GrainInterface Description(string name)
    {
        if (!ByName.TryGetValue(name, out var found))
        {
            All();
            found = ByName.GetValueOrDefault(name);
        }

        return found ?? throw new ArgumentException($"There is no grain interface \"{name}\" in this process.", nameof(name));
    }

    public static GrainModule Create(GrainModuleAttribute attribute) => (GrainModule)Activator.CreateInstance(attribute.Module)!;

    private static void Load(Assembly assembly)
    {
        if (Loaded.ContainsKey(assembly) || assembly.IsDynamic || assembly.GetCustomAttribute<GrainModuleAttribute>() is not { } attribute)
        {
            return;
        }

        var module = Create(attribute);
        foreach (var description in module.Interfaces)
        {
            ByType.TryAdd(description.Type, description);
            ByName.TryAdd(description.InterfaceType.ToString(), description);
        }

        Codecs.Add(assembly, module);
        Loaded.TryAdd(assembly, module);
        foreach (var reference in assembly.GetCustomAttributes<GrainModuleReferenceAttribute>())
        {
            Load(Assembly.Load(reference.AssemblyName));
        }
    }
}
