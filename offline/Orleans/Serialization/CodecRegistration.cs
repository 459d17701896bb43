namespace Orleans.Serialization;

/// <summary>Takes the codecs of a module.</summary>
public sealed class CodecRegistration
{
    internal Dictionary<Type, Func<TypeCodec>> Closed { get; } = [];

    /// <summary>Codec classes of open generic types.</summary>
    internal Dictionary<Type, Type> Open { get; } = [];

    internal Dictionary<Type, string> Names { get; } = [];

    internal Dictionary<string, Type> Types { get; } = new(StringComparer.Ordinal);

    public void Add<T>(string name, Func<TypeCodec<T>> create)
    {
        Closed[typeof(T)] = create;
        AddName(typeof(T), name);
    }

    public void AddOpen(string name, Type openType, Type openCodec)
    {
        Open[openType] = openCodec;
        AddName(openType, name);
    }

    public void AddName(Type type, string name)
    {
        if (Types.TryGetValue(name, out var other) && other != type)
        {
            throw new InvalidOperationException($"Two types have the alias \"{name}\": {other} and {type}.");
        }

        Names[type] = name;
        Types[name] = type;
    }
}
