using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Donmai.Silo.Gateway.Description;

/// <summary>
/// What the generator of schemas cannot know about a record: which keys are always written (control-api.md §1.5), and what converters of our own
/// write.
/// </summary>
internal sealed class RecordShape : IOpenApiSchemaTransformer
{
    /// <inheritdoc/>
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is { } property)
            Shape(schema, property);
        if (context.JsonTypeInfo.Kind is JsonTypeInfoKind.Object)
            SayWhatIsAlwaysThere(schema, context.JsonTypeInfo);
        return Task.CompletedTask;
    }

    private static void Shape(OpenApiSchema schema, JsonPropertyInfo property)
    {
        // What is not there is left out; null is never written.
        if (schema.Type is { } type)
            schema.Type = type & ~JsonSchemaType.Null;
        if ((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
    }

    private static void SayWhatIsAlwaysThere(OpenApiSchema schema, JsonTypeInfo type)
    {
        var always = new HashSet<string>(schema.Required ?? new HashSet<string>(), StringComparer.Ordinal); // the discriminator, which is no property
        foreach (var property in type.Properties)
        {
            if (MayBeLeftOut(property))
                always.Remove(property.Name);
            else if (schema.Properties?.ContainsKey(property.Name) is true)
                always.Add(property.Name);
        }

        schema.Required = always;
    }

    private static bool MayBeLeftOut(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true).Length > 0;
}
