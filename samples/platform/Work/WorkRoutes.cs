using System.Globalization;

namespace Donmai.FakePlatform.Work;

/// <summary>The calls of a daemon about work (platform-api.md §7, §8).</summary>
internal static class WorkRoutes
{
    public static void MapWork(this IEndpointRouteBuilder routes, WorkDesk work)
    {
        routes.MapGet("/api/workers/{id}/poll", context => context.Reply(work.Poll(context.Credential(), context.Id(), Limit(context))));
        routes.MapPost("/api/sessions/{id}/nack", context => context.Reply(work.Nack(context.Credential(), context.Id(), context.Body())));
    }

    private static int Limit(HttpContext context)
    {
        if (context.Request.Query["limit"].ToString() is not { Length: > 0 } text)
            return int.MaxValue;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : throw RefusedException.Bad("\"limit\" is not a number");
    }
}
