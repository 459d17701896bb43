using Donmai.Daemon;
using Donmai.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Platform;

/// <summary><c>GET /api/daemon/heartbeat</c> (control-api.md §4.12).</summary>
internal static class HeartbeatRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapHeartbeat(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/daemon/heartbeat", Heartbeat).WhileStarting(NoHeartbeat);

    private static async Task<JsonAnswer<Heartbeat>> Heartbeat(MachineGrains grains) => Answer(await grains.Heartbeat.Last());

    private static JsonAnswer<Heartbeat>? NoHeartbeat(HttpContext context, DaemonState state) =>
        state is DaemonState.Starting ? Answer(new()) : null;

    private static JsonAnswer<Heartbeat> Answer(Heartbeat heartbeat) => new(heartbeat, GatewayJson.Context.Heartbeat);
}
