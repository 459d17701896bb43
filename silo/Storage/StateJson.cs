using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Donmai.Silo.Storage;

/// <summary>States as JSON.</summary>
/// <remarks>
/// What was stored is read back even where a member that is <see langword="required"/> in source is absent: it may have been null and
/// omitted, or have come into the record after the state was stored.
/// </remarks>
internal sealed class StateJson(IEnumerable<IJsonTypeInfoResolver> resolvers)
{
    private readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = JsonTypeInfoResolver
            .Combine([.. resolvers, new DefaultJsonTypeInfoResolver()])
            .WithAddedModifier(RequireNothing),
    };

    /// <summary>Writes <paramref name="state"/>.</summary>
    public void Write<T>(IBufferWriter<byte> output, T state)
    {
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, state, TypeInfo<T>());
    }

    /// <summary>Reads a state.</summary>
    /// <exception cref="JsonException">The text is not one of <typeparamref name="T"/>.</exception>
    public T? Read<T>(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(json.Span, TypeInfo<T>());

    private JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));

    private static void RequireNothing(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            property.IsRequired = false;
    }
}
