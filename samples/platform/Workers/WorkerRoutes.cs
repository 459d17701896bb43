using System.Text.Json.Nodes;
using Donmai.FakePlatform.Work;

namespace Donmai.FakePlatform.Workers;

/// <summary>The calls of a daemon about itself (platform-api.md §3, §5, §6).</summary>
internal static class WorkerRoutes
{
    public static void MapWorkers(this IEndpointRouteBuilder routes, WorkerDesk workers, HeartbeatDesk heartbeats, WorkDesk work, PlatformOptions options)
    {
        routes.MapPost("/api/workers/register", context =>
            context.Reply(Registered(workers.Register(context.Credential(), context.Body()), options)));
        routes.MapPost("/api/workers/{id}/refresh-token", context =>
            context.Reply(Refreshed(workers.Refresh(context.Credential(), context.Id()), options)));
        routes.MapPost("/api/workers/{id}/heartbeat", context =>
            context.Reply(heartbeats.Beat(context.Credential(), context.Id(), context.Body(), work.Waiting)));
    }

    private static JsonObject Registered(Worker worker, PlatformOptions options)
    {
        var answer = Refreshed(worker, options);
        answer["workerId"] = worker.Id;
        return answer;
    }

    private static JsonObject Refreshed(Worker worker, PlatformOptions options) => new()
    {
        ["runtimeToken"] = worker.Token,
        ["runtimeTokenExpiresAt"] = WireTime.Of(worker.TokenExpiresAt),
        ["heartbeatInterval"] = options.HeartbeatIntervalMs,
        ["pollInterval"] = options.PollIntervalMs,
    };
}
