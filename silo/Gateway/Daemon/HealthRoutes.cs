using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Daemon;

/// <summary><c>/healthz</c> (control-api.md §4.1): whether the daemon answers at all, whatever its state.</summary>
internal static class HealthRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/healthz", Health).WhileStarting(static (_, _) => Health());

    private static ContentHttpResult Health() => TypedResults.Text("ok", "text/plain; charset=utf-8");
}
