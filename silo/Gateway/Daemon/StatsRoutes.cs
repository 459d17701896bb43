using Donmai.Daemon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Daemon;

/// <summary><c>GET /api/daemon/stats</c> (control-api.md §4.3).</summary>
internal static class StatsRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapStats(this IEndpointRouteBuilder routes) => routes.MapGet("/api/daemon/stats", Stats);

    private static async Task<JsonAnswer<DaemonStats>> Stats(string? pool, string? byMachine, MachineGrains grains, SharedAnswers shared)
    {
        var request = new StatsRequest { Pool = pool is "true", ByMachine = byMachine is "true" };
        return request is { Pool: false, ByMachine: false }
            ? await shared.Stats.Ask()
            : new(await grains.Daemon.Stats(request), GatewayJson.Context.DaemonStats);
    }
}
