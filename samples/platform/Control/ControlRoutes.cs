using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Donmai.FakePlatform.Releases;
using Donmai.FakePlatform.Workers;

namespace Donmai.FakePlatform.Control;

/// <summary>What somebody who tries or tests a daemon does to the platform: <c>/control/…</c> (README.md).</summary>
internal static class ControlRoutes
{
    public static void MapControl(this IEndpointRouteBuilder routes, PlatformServer platform)
    {
        MapReading(routes, platform);
        MapWork(routes, platform);
        MapWorkers(routes, platform);
        MapFaults(routes, platform);
    }

    private static void MapReading(IEndpointRouteBuilder routes, PlatformServer platform)
    {
        routes.MapGet("/control/state", context => Show(context, Picture(platform, Number(context, "activities")), PlatformJson.Default.PlatformPicture));
        routes.MapGet("/control/sessions/{id}", context => Show(
            context, platform.Sessions.Find(context.Id()) ?? throw RefusedException.NotFound("Session not found"), PlatformJson.Default.Session));
        routes.MapGet("/control/requests", context =>
        {
            var after = Number(context, "after") ?? 0;
            var requests = platform.Requests.Matching(context.Request.Query["path"]).Where(request => request.Number > after);
            return Show(context, [.. requests.TakeLast(Number(context, "limit") ?? int.MaxValue)], PlatformJson.Default.ImmutableListReceivedRequest);
        });
    }

    private static void MapWork(IEndpointRouteBuilder routes, PlatformServer platform)
    {
        routes.MapPost("/control/items", async context =>
        {
            var body = JsonBody.Any(await Bytes(context));
            var ids = (body is JsonArray list ? list.ToArray() : [body]).Select(item => platform.Work.Enqueue(item, complete: true)).ToList();
            await context.Reply(new JsonObject { ["queued"] = new JsonArray([.. ids.Select(static id => (JsonNode?)id)]) }, StatusCodes.Status202Accepted);
        });
        routes.MapPost("/control/sessions/{id}/inbox", async context =>
        {
            var delivery = platform.Work.Tell(context.Id(), await Read(context, PlatformJson.Default.InboxMessage));
            await context.Reply(new JsonObject { ["deliveryId"] = delivery }, StatusCodes.Status202Accepted);
        });
        routes.MapPost("/control/sessions/{id}/take-away", context => Done(context, () => platform.Sessions.TakeAway(context.Id())));
        routes.MapPost("/control/sessions/{id}/stop", context => Done(context, () => platform.Sessions.AskToStop(context.Id())));
        routes.MapPost("/control/releases", async context => await Publish(context, platform.Releases));
    }

    private static void MapWorkers(IEndpointRouteBuilder routes, PlatformServer platform)
    {
        routes.MapPost("/control/workers/expire-tokens", context => Done(context, () => platform.Workers.ExpireTokens()));
        routes.MapPost("/control/workers/{id}/expire-tokens", context => Done(context, () => platform.Workers.ExpireTokens(context.Id())));
        routes.MapPost("/control/workers/{id}/forget", context => Done(context, () => platform.Workers.ForgetWorker(context.Id())));
        routes.MapPost("/control/refresh/{mode}", context => Done(context, () => platform.Workers.SetRefresh(
            Enum.TryParse<RefreshMode>(context.Value("mode"), ignoreCase: true, out var mode) ? mode : throw RefusedException.Bad("the modes are ok, missing, broken"))));
        routes.MapPut("/control/host-status", async context =>
        {
            var status = await Read(context, PlatformJson.Default.HostStatus);
            await Done(context, () => platform.Heartbeats.SetHostStatus(status));
        });
        routes.MapDelete("/control/host-status", context => Done(context, () => platform.Heartbeats.SetHostStatus(null)));
        routes.MapPost("/control/mutations", async context =>
        {
            var id = platform.Heartbeats.AddMutation(await Read(context, PlatformJson.Default.Mutation));
            await context.Reply(new JsonObject { ["id"] = id }, StatusCodes.Status202Accepted);
        });
    }

    private static void MapFaults(IEndpointRouteBuilder routes, PlatformServer platform)
    {
        routes.MapGet("/control/faults", context => Show(context, platform.Faults.Pending, PlatformJson.Default.ImmutableListFault));
        routes.MapPost("/control/faults", async context =>
        {
            var fault = await Read(context, PlatformJson.Default.Fault);
            await Done(context, () => platform.Faults.Add(fault));
        });
        routes.MapDelete("/control/faults", context => Done(context, platform.Faults.Clear));
        routes.MapPost("/control/seed/{seed:int}", context => Done(context, () => platform.Faults.Reseed(Route(context, "seed"))));
        routes.MapPost("/control/down/{seconds:int}", context => Done(context, () => platform.Faults.GoDown(TimeSpan.FromSeconds(Route(context, "seconds")))));
        routes.MapPost("/control/clock/{seconds:int}", context => Done(context, () => platform.Clock.Advance(TimeSpan.FromSeconds(Route(context, "seconds")))));
    }

    private static async Task Publish(HttpContext context, ReleaseShelf releases)
    {
        var wanted = await Read(context, PlatformJson.Default.PublishedRelease);
        var release = new Release { Version = wanted.Version, Content = wanted.Content, Signature = wanted.Signature ?? [] };
        await Done(context, () => releases.Publish(release with
        {
            Channel = wanted.Channel ?? release.Channel,
            FileName = wanted.FileName ?? release.FileName,
        }));
    }

    private static PlatformPicture Picture(PlatformServer platform, int? activities) => new()
    {
        Now = platform.Clock.GetUtcNow(),
        IsDown = platform.Faults.IsDown,
        Requests = platform.Requests.Count,
        Registrations = platform.Workers.Registrations,
        Workers = platform.Workers.All,
        Queue = platform.Work.Queue,
        Sessions = [.. platform.Sessions.All.Select(session => activities is { } last ? session.WithLast(last) : session)],
        IssueTracker = platform.Issues.Calls,
        HostStatus = platform.Heartbeats.HostStatus,
        Mutations = platform.Heartbeats.Mutations,
    };

    private static Task Show<T>(HttpContext context, T value, JsonTypeInfo<T> type) =>
        context.ReplyText(JsonSerializer.Serialize(value, type) + "\n", "application/json");

    private static Task Done(HttpContext context, Action change)
    {
        change();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task<T> Read<T>(HttpContext context, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(await Bytes(context), type) ?? throw RefusedException.Bad("the body is null");
        }
        catch (JsonException problem)
        {
            throw RefusedException.Bad(problem.Message);
        }
    }

    private static async Task<byte[]> Bytes(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private static int Route(HttpContext context, string name) => int.Parse(context.Value(name), System.Globalization.CultureInfo.InvariantCulture);

    private static int? Number(HttpContext context, string name) =>
        int.TryParse(context.Request.Query[name], System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
