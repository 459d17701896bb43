using Donmai.Core.Daemon;
using Donmai.Daemon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Daemon;

/// <summary>What the daemon can be told to do (control-api.md §4.4, §4.5): pause, resume, stop, drain, update.</summary>
internal static class ActionRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapActions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/daemon/pause", Pause).WithMetadata(RefusalShape.Action).WhileStarting(Cannot("pause"));
        routes.MapPost("/api/daemon/resume", Resume).WithMetadata(RefusalShape.Action).WhileStarting(Cannot("resume"));
        routes.MapPost("/api/daemon/stop", Stop).WithMetadata(RefusalShape.Action);
        routes.MapPost("/api/daemon/drain", Drain).WithMetadata(RefusalShape.Action).WhileStarting(Cannot("drain"));
        routes.MapPost("/api/daemon/update", Update).WithMetadata(RefusalShape.Action).WhileStarting(Cannot("update"));
    }

    private static async Task<JsonAnswer<DaemonActionAnswer>> Pause(MachineGrains grains) => Answer(await grains.Daemon.Pause());

    private static async Task<JsonAnswer<DaemonActionAnswer>> Resume(MachineGrains grains) => Answer(await grains.Daemon.Resume());

    private static async Task<JsonAnswer<DaemonActionAnswer>> Stop(string? sessions, MachineGrains grains) =>
        Answer(await grains.Daemon.Stop(new DaemonStopRequest { KeepSessions = sessions is "keep" }));

    private static async Task<JsonAnswer<DaemonActionAnswer>> Drain(HttpRequest request, MachineGrains grains)
    {
        var drain = await request.ReadOptionalJson(GatewayJson.Context.DrainRequest) ?? new();
        return Answer(await grains.Daemon.Drain(drain));
    }

    private static async Task<JsonAnswer<DaemonActionAnswer>> Update(MachineGrains grains) => Answer(await grains.Update.Begin());

    private static JsonAnswer<DaemonActionAnswer> Answer(DaemonActionAnswer answer) => new(answer, GatewayJson.Context.DaemonActionAnswer);

    private static Func<HttpContext, DaemonState, IResult?> Cannot(string action) => (_, state) =>
        throw new DaemonActionRefusedException($"cannot {action} while {DaemonLifecycle.Name(state)}");
}
