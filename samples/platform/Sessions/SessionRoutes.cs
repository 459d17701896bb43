namespace Donmai.FakePlatform.Sessions;

/// <summary>The calls of a worker about its session (platform-api.md §9 to §11).</summary>
internal static class SessionRoutes
{
    public static void MapSessions(this IEndpointRouteBuilder routes, SessionDesk sessions)
    {
        routes.MapPost("/api/sessions/{id}/lock-refresh", context =>
            context.Reply(sessions.RefreshLock(context.Credential(), context.Id(), context.Body())));
        routes.MapPost("/api/sessions/{id}/activity", context =>
            context.Reply(sessions.AddActivity(context.Credential(), context.Id(), context.Body(), context.IdempotencyKey())));
        routes.MapPost("/api/sessions/{id}/status", context =>
            context.Reply(sessions.SetStatus(context.Credential(), context.Id(), context.Body(), context.IdempotencyKey())));
        routes.MapPost("/api/sessions/{id}/completion", context =>
            context.Reply(sessions.Complete(context.Credential(), context.Id(), context.Body(), context.IdempotencyKey())));
    }
}
