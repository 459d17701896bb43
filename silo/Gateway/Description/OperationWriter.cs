using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Donmai.Silo.Gateway.Description;

/// <summary>Turns an <see cref="Operation"/> into the words of OpenAPI.</summary>
/// <param name="document">Where it goes.</param>
/// <param name="schemas">The records of the document.</param>
internal sealed class OperationWriter(OpenApiDocument document, SchemaBook schemas)
{
    private const string Json = "application/json";

    /// <summary>Adds <paramref name="operation"/> to its path.</summary>
    public async Task Add(string group, Operation operation, CancellationToken cancellationToken)
    {
        var written = new OpenApiOperation
        {
            OperationId = operation.Name,
            Summary = operation.Summary,
            Description = operation.Remarks.Length == 0 ? null : operation.Remarks.Trim(),
            Tags = new HashSet<OpenApiTagReference> { new(group, document) },
            Parameters = operation.Parameters.Count == 0 ? null : [.. operation.Parameters.Select(Parameter)],
            RequestBody = operation.Body is { } body ? await Body(body, cancellationToken) : null,
            Responses = await Responses(operation, cancellationToken),
        };
        if (!document.Paths.TryGetValue(operation.Path, out var path))
            document.Paths[operation.Path] = path = new OpenApiPathItem();
        ((OpenApiPathItem)path).AddOperation(new HttpMethod(operation.Method), written);
    }

    /// <summary>One answer.</summary>
    public async Task<OpenApiResponse> Response(OperationAnswer answer, CancellationToken cancellationToken)
    {
        var content = new OpenApiMediaType
        {
            Schema = answer.Type is null ? new OpenApiSchema { Type = answer.ContentType == Json ? JsonSchemaType.Object : JsonSchemaType.String } : await schemas.Of(answer.Type, required: null, cancellationToken),
            Example = answer.Example.Length == 0 ? null : answer.Type is null ? answer.Example : JsonNode.Parse(answer.Example),
        };
        return new OpenApiResponse
        {
            Description = answer.Text,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [answer.ContentType] = content },
        };
    }

    private static OpenApiParameter Parameter(OperationParameter parameter) => new()
    {
        Name = parameter.Name,
        In = parameter.In,
        Required = parameter.In is ParameterLocation.Path,
        Description = parameter.Text,
        Schema = parameter switch
        {
            { IsNumber: true } => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" },
            { Only: { } only } => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [only] },
            _ => Text(),
        },
    };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private async Task<OpenApiRequestBody> Body(OperationBody body, CancellationToken cancellationToken) => new()
    {
        Required = body.Required.Length > 0,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [Json] = new OpenApiMediaType
            {
                Schema = await schemas.Of(body.Type, body.Required, cancellationToken),
                Example = JsonNode.Parse(body.Example),
            },
        },
    };

    private async Task<OpenApiResponses> Responses(Operation operation, CancellationToken cancellationToken)
    {
        var responses = new SortedDictionary<int, IOpenApiResponse>();
        foreach (var (name, common) in CommonAnswers.OfAllRoutes)
            responses[common.Status] = new OpenApiResponseReference(name, document);
        foreach (var (name, common) in CommonAnswers.OfRefusingRoutes(operation.Refusals))
            responses[common.Status] = operation.Refusals == typeof(ErrorBody) ? new OpenApiResponseReference(name, document) : await Response(common, cancellationToken);
        foreach (var own in operation.Answers)
            responses[own.Status] = await Response(own, cancellationToken);
        var written = new OpenApiResponses();
        foreach (var (status, response) in responses)
            written[status.ToString(CultureInfo.InvariantCulture)] = response;
        return written;
    }
}
