using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Donmai.Silo.Gateway.Description;

/// <summary><c>GET /openapi/v1.json</c>: the control API described in OpenAPI.</summary>
internal static class ApiDocumentRoutes
{
    /// <summary>The path.</summary>
    public const string Path = "/openapi/v1.json";

    /// <summary>Maps the routes.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, Document).WhileStarting(static (context, _) => context.RequestServices.GetRequiredService<ApiDocument>());

    private static ApiDocument Document(ApiDocument document) => document;
}
