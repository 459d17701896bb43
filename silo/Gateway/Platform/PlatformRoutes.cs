using Donmai.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Platform;

/// <summary>The link to the orchestrator (additive routes, docs/platform.md).</summary>
internal static class PlatformRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapPlatform(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/daemon/platform", Report);
        routes.MapPost("/api/daemon/platform/register", Register);
        routes.MapPost("/api/daemon/platform/forget", Forget);
    }

    private static async Task<JsonAnswer<PlatformReport>> Report(MachineGrains grains, TimeProvider clock)
    {
        var (registration, beats, polls, outbox) = (grains.Registration.Standing(), grains.Heartbeat.Beats(), grains.Polling.Standing(), grains.Outbox.List());
        await Task.WhenAll(registration, beats, polls, outbox);
        var report = new PlatformReport
        {
            Registration = await registration,
            Heartbeat = await beats,
            Poll = await polls,
            Outbox = (await outbox).Items.Count,
            Timestamp = clock.GetUtcNow(),
        };
        return new(report, GatewayJson.Context.PlatformReport);
    }

    private static async Task<JsonAnswer<PlatformStanding>> Register(MachineGrains grains) =>
        new(await grains.Registration.Register(), GatewayJson.Context.PlatformStanding);

    private static async Task<JsonAnswer<PlatformForgotten>> Forget(MachineGrains grains) =>
        new(new PlatformForgotten { Forgotten = await grains.Registration.Forget() }, GatewayJson.Context.PlatformForgotten);
}
