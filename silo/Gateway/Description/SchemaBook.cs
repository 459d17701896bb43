using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Donmai.Silo.Gateway.Description;

/// <summary>The records of the document: each once, under its name, and referred to from wherever it is used.</summary>
/// <param name="document">The document.</param>
/// <param name="context">The generator of schemas.</param>
internal sealed partial class SchemaBook(OpenApiDocument document, OpenApiDocumentTransformerContext context)
{
    /// <summary>Key under which the generator notes the name of a record in its schema.</summary>
    private const string RecordName = "x-schema-id";

    /// <summary>Key under which it notes what a property says about the record it holds.</summary>
    private const string PropertyText = "x-ref-description";

    /// <summary>The schema of <paramref name="type"/>, or a reference to it.</summary>
    /// <param name="type">A record, or a list of one.</param>
    /// <param name="required">Keys of a request's body that must be there; <see langword="null"/> for an answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IOpenApiSchema> Of(Type type, IReadOnlyCollection<string>? required, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(type, parameterDescription: null, cancellationToken);
        if (required is not null)
            schema.Required = required.ToHashSet(StringComparer.Ordinal);
        return Enter(schema);
    }

    private IOpenApiSchema Enter(IOpenApiSchema used)
    {
        if (used is not OpenApiSchema schema)
            return used;
        EnterParts(schema);
        schema.Description = WithoutSources(schema.Description);
        if (Note(schema, RecordName) is not { Length: > 0 } name)
            return schema;
        if (document.Components?.Schemas?.ContainsKey(name) is not true)
            document.AddComponent(name, schema);
        return new OpenApiSchemaReference(name, document) { Description = WithoutSources(Note(schema, PropertyText)) };
    }

    private static string? Note(OpenApiSchema schema, string key) => schema.Metadata?.TryGetValue(key, out var note) is true ? note as string : null;

    /// <summary>Where a record is specified says nothing to who reads the document.</summary>
    private static string? WithoutSources(string? text) => text is null ? null : Source().Replace(text, "");

    [GeneratedRegex(@" \([a-z-]+\.md §[^()]*\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Source();

    private void EnterParts(OpenApiSchema schema)
    {
        foreach (var name in schema.Properties?.Keys.ToArray() ?? [])
            schema.Properties![name] = Enter(schema.Properties[name]);
        for (var i = 0; i < schema.AnyOf?.Count; i++)
        {
            schema.AnyOf[i].Required?.UnionWith(schema.Required ?? new HashSet<string>());
            schema.AnyOf[i] = Enter(schema.AnyOf[i]);
        }

        if (schema.Items is { } items)
            schema.Items = Enter(items);
        if (schema.AdditionalProperties is { } values)
            schema.AdditionalProperties = Enter(values);
    }
}
