using Donmai.Daemon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Daemon;

/// <summary><c>/api/daemon/capacity</c> (control-api.md §4.6).</summary>
internal static class CapacityRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapCapacity(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/daemon/capacity", Capacity);
        routes.MapPost("/api/daemon/capacity", Change).WithMetadata(RefusalShape.Capacity);
    }

    private static async Task<JsonAnswer<CapacityReport>> Capacity(MachineGrains grains) =>
        new(await grains.Daemon.Capacity(), GatewayJson.Context.CapacityReport);

    private static async Task<JsonAnswer<CapacityChangeAnswer>> Change(HttpRequest request, MachineGrains grains)
    {
        var change = await request.ReadJson(GatewayJson.Context.CapacityChange);
        return new(await grains.Daemon.SetCapacity(change), GatewayJson.Context.CapacityChangeAnswer);
    }
}
