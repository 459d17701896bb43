using Donmai.Core.Daemon;
using Donmai.Silo.Access;
using Donmai.Workareas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Workareas;

/// <summary>Work areas (control-api.md §8, workareas.md §4, §5, §6).</summary>
internal static class WorkareaRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapWorkareas(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/daemon/workareas", List);
        routes.MapGet("/api/daemon/workareas/{workareaId}", Inspect);
        routes.MapGet("/api/daemon/workareas/{older}/diff/{newer}", Diff);
        routes.MapDelete("/api/daemon/workareas/{workareaId}", Remove);
        routes.MapPost("/api/daemon/workareas/{archiveId}/restore", Restore);
    }

    private static Task<JsonAnswer<WorkareaList>> List(SharedAnswers shared) => shared.Workareas.Ask();

    private static async Task<JsonAnswer<WorkareaAnswer>> Inspect(string workareaId, MachineGrains grains) =>
        new(new WorkareaAnswer { Workarea = await grains.Workarea(workareaId).Inspect() }, GatewayJson.Context.WorkareaAnswer);

    private static WorkareaDiffStream Diff(string older, string newer, MachineGrains grains, IDaemonConfiguration configuration) =>
        new(ended => grains.Workarea(older).Diff(newer, ended), configuration.Current.DiffStreamingThreshold);

    private static async Task<IResult> Remove(string workareaId, HttpContext context, MachineGrains grains)
    {
        WaitForTheDisk(context);
        await grains.Workarea(workareaId).Remove();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Restore(string archiveId, HttpContext context, MachineGrains grains)
    {
        var request = await context.Request.ReadOptionalJson(GatewayJson.Context.WorkareaRestore) ?? new WorkareaRestore();
        WaitForTheDisk(context);
        var restored = await grains.Workarea(archiveId).Restore(request);
        return new JsonAnswer<WorkareaAnswer>(new WorkareaAnswer { Workarea = restored }, GatewayJson.Context.WorkareaAnswer, StatusCodes.Status201Created);
    }

    /// <summary>A large tree takes longer than an answer may; nothing is written before it is done (control-api.md §1.3).</summary>
    private static void WaitForTheDisk(HttpContext context) => context.Features.GetRequiredFeature<CallerConnection>().Deadline.Clear();
}
