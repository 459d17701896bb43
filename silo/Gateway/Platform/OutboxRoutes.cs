using Donmai.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Platform;

/// <summary>What sessions have still to tell the platform (additive, docs/decisions/0020).</summary>
internal static class OutboxRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapOutbox(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/daemon/outbox", List);
        routes.MapPost("/api/daemon/outbox/retry", Retry);
        routes.MapPost("/api/daemon/outbox/discard", Discard);
    }

    private static async Task<JsonAnswer<OutboxList>> List(MachineGrains grains) => new(await grains.Outbox.List(), GatewayJson.Context.OutboxList);

    private static async Task<JsonAnswer<OutboxRetry>> Retry(HttpRequest request, MachineGrains grains)
    {
        var wanted = await request.ReadOptionalJson(GatewayJson.Context.OutboxRetryRequest) ?? new();
        return new(await grains.Outbox.Retry(string.IsNullOrWhiteSpace(wanted.Id) ? null : wanted.Id.Trim()), GatewayJson.Context.OutboxRetry);
    }

    private static async Task<JsonAnswer<OutboxDiscard>> Discard(HttpRequest request, MachineGrains grains)
    {
        var wanted = await request.ReadOptionalJson(GatewayJson.Context.OutboxDiscardRequest) ?? new();
        return new(await grains.Outbox.Discard(wanted.Id.Trim()), GatewayJson.Context.OutboxDiscard);
    }
}
