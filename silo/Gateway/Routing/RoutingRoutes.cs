using Donmai.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Routing;

/// <summary>Routing decisions (control-api.md §9).</summary>
internal static class RoutingRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapRouting(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/daemon/routing/explain/{**sessionId}", Explain);

    private static async Task<JsonAnswer<RoutingExplanation>> Explain(string? sessionId, MachineGrains grains) =>
        new(await grains.RoutingTrace(sessionId).Explain(), GatewayJson.Context.RoutingExplanation);
}
