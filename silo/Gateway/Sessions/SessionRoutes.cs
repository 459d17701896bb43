using Donmai.Core.Daemon;
using Donmai.Daemon;
using Donmai.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Sessions;

/// <summary>Sessions (control-api.md §4.8–§4.11) and the additive routes of docs/decisions/0004.</summary>
internal static class SessionRoutes
{
    /// <summary>Most ended sessions that one list shows.</summary>
    private const int EndedShown = 1000;

    /// <summary>Maps the routes.</summary>
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/daemon/sessions", List); // waits for the grains: an empty list would deny the sessions of the daemon's former life
        routes.MapPost("/api/daemon/sessions", Accept).WhileStarting(NotRunning);
        routes.MapGet("/api/daemon/sessions/{**sessionId}", Detail);
        routes.MapGet("/api/daemon/sessions/{sessionId}/inspect", Inspect);
        routes.MapGet("/api/daemon/sessions/{sessionId}/events", Events);
        routes.MapGet("/api/daemon/sessions/{sessionId}/logs", Logs);
        routes.MapPost("/api/daemon/sessions/{sessionId}/stop", Stop);
        routes.MapPost("/api/daemon/sessions/{sessionId}/inbox/{deliveryId}/ack", AcknowledgeInput);
    }

    private static async Task<JsonAnswer<List<SessionHandle>>> List(string? state, MachineGrains grains, SharedAnswers shared) => state is "all"
        ? new([.. await grains.Spawner.Live(), .. await grains.Spawner.Ended(EndedShown)], GatewayJson.Context.ListSessionHandle)
        : await shared.Sessions.Ask();

    private static async Task<JsonAnswer<SessionHandle>> Accept(HttpRequest request, MachineGrains grains)
    {
        var spec = await request.ReadJson(GatewayJson.Context.SessionSpec);
        spec = spec with { TraceParent = RequestObservation.TraceParentOf(request) };
        return new(await grains.Spawner.Accept(spec), GatewayJson.Context.SessionHandle, StatusCodes.Status202Accepted);
    }

    private static async Task<JsonAnswer<SessionDetail>> Detail(string? sessionId, MachineGrains grains) =>
        new(DetailText.Of(await grains.Session(sessionId).Detail()));

    private static async Task<JsonAnswer<SessionInspection>> Inspect(string sessionId, MachineGrains grains) =>
        new(await grains.Session(sessionId).Inspect(), GatewayJson.Context.SessionInspection);

    private static async Task<EventStream> Events(string sessionId, HttpRequest request, MachineGrains grains)
    {
        var after = EventPosition.Of(request);
        var session = grains.Session(sessionId);
        await session.Handle();
        return new EventStream(ended => session.Events(after, ended));
    }

    private static async Task<LogStream> Logs(string sessionId, HttpRequest request, MachineGrains grains)
    {
        var wanted = LogQuery.Of(request);
        var session = grains.Session(sessionId);
        await session.Handle();
        return new LogStream(ended => session.Logs(wanted, ended));
    }

    private static async Task<JsonAnswer<SessionStopOutcome>> Stop(string sessionId, HttpRequest request, MachineGrains grains)
    {
        var body = await request.ReadOptionalJson(GatewayJson.Context.SessionStopBody) ?? new();
        var stop = new SessionStopRequest { Reason = body.Reason, Immediately = body.Immediately };
        return new(await grains.Session(sessionId).Stop(stop), GatewayJson.Context.SessionStopOutcome);
    }

    private static async Task<JsonAnswer<InboxAcknowledgement>> AcknowledgeInput(string sessionId, string deliveryId, MachineGrains grains)
    {
        var acknowledged = await grains.Session(sessionId).AcknowledgeInput(deliveryId);
        var answer = new InboxAcknowledgement { SessionId = sessionId, DeliveryId = deliveryId, Acknowledged = acknowledged };
        return new(answer, GatewayJson.Context.InboxAcknowledgement);
    }

    /// <summary>As soon as there are grains they decide: a status that says ready is kept.</summary>
    private static IResult? NotRunning(HttpContext context, DaemonState state) => state is DaemonState.Starting
        ? throw new SessionRefusedException($"daemon is not running (state \"{DaemonLifecycle.Name(state)}\")")
        : null;
}
