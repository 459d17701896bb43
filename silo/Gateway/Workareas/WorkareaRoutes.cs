using Donmai.Core.Daemon;
using Donmai.Workareas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Workareas;

/// <summary>Work areas (control-api.md §8, workareas.md §4, §6).</summary>
internal static class WorkareaRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapWorkareas(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/daemon/workareas", List);
        routes.MapGet("/api/daemon/workareas/{workareaId}", Inspect);
        routes.MapGet("/api/daemon/workareas/{older}/diff/{newer}", Diff);
    }

    private static async Task<JsonAnswer<WorkareaList>> List(MachineGrains grains) => Answer(await grains.Workareas.List());

    private static async Task<JsonAnswer<WorkareaAnswer>> Inspect(string workareaId, MachineGrains grains) =>
        new(new WorkareaAnswer { Workarea = await grains.Workarea(workareaId).Inspect() }, GatewayJson.Context.WorkareaAnswer);

    private static WorkareaDiffStream Diff(string older, string newer, MachineGrains grains, IDaemonConfiguration configuration) =>
        new(ended => grains.Workarea(older).Diff(newer, ended), configuration.Current.DiffStreamingThreshold);

    private static JsonAnswer<WorkareaList> Answer(WorkareaList list) => new(list, GatewayJson.Context.WorkareaList);
}
