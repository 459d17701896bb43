using Donmai.Workareas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Workareas;

/// <summary>The pool of prepared work areas (control-api.md §4.7, workareas.md §8).</summary>
internal static class PoolRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapPool(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/daemon/pool/stats", Stats);
        routes.MapPost("/api/daemon/pool/evict", Evict);
    }

    private static async Task<JsonAnswer<PoolStats>> Stats(MachineGrains grains) => new(await grains.Workareas.Stats(), GatewayJson.Context.PoolStats);

    private static async Task<JsonAnswer<PoolEvictionAnswer>> Evict(HttpRequest request, MachineGrains grains)
    {
        var eviction = await request.ReadJson(GatewayJson.Context.PoolEviction);
        return new(await grains.Workareas.Evict(eviction), GatewayJson.Context.PoolEvictionAnswer);
    }
}
