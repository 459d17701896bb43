using Donmai.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Routing;

/// <summary>How sessions are routed, and why (control-api.md §9, routing.md).</summary>
internal static class RoutingRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapRouting(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/daemon/routing/config", Config);
        routes.MapGet("/api/daemon/routing/explain/{**sessionId}", Explain);
        routes.MapPost("/api/daemon/routing/simulate", Simulate);
    }

    private static async Task<JsonAnswer<RoutingConfigAnswer>> Config(MachineGrains grains) =>
        new(new RoutingConfigAnswer { Config = await grains.Router.Config() }, GatewayJson.Context.RoutingConfigAnswer);

    private static async Task<JsonAnswer<RoutingExplanation>> Explain(string? sessionId, HttpContext context, MachineGrains grains)
    {
        if (sessionId?.Contains('/') == true && !RequestPath.EndsInOneSegment(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, sessionId))
            throw new RoutingDecisionNotFoundException(sessionId);
        return new(await grains.RoutingTrace(sessionId).Explain(), GatewayJson.Context.RoutingExplanation);
    }

    private static async Task<JsonAnswer<RoutingSimulation>> Simulate(HttpRequest request, MachineGrains grains)
    {
        var asked = await request.ReadJson(GatewayJson.Context.RoutingSimulationRequest);
        return new(await grains.Router.Simulate(asked), GatewayJson.Context.RoutingSimulation);
    }
}
