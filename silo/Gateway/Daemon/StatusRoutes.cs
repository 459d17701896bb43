using Donmai.Core.Daemon;
using Donmai.Daemon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Donmai.Silo.Gateway.Daemon;

/// <summary><c>GET /api/daemon/status</c> (control-api.md §4.2).</summary>
internal static class StatusRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapStatus(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/daemon/status", Status).WhileStarting(StatusWhileStarting);

    private static Task<JsonAnswer<DaemonStatus>> Status(SharedAnswers shared) => shared.Status.Ask();

    /// <summary>As soon as there are grains they know better: how many sessions of the former life there are.</summary>
    private static JsonAnswer<DaemonStatus>? StatusWhileStarting(HttpContext context, DaemonState state)
    {
        if (state is not DaemonState.Starting)
            return null;
        var services = context.RequestServices;
        var configuration = services.GetRequiredService<IDaemonConfiguration>().Current;
        var program = services.GetRequiredService<ProgramIdentity>();
        var status = new DaemonStatus
        {
            Status = DaemonLifecycle.Name(state),
            Version = program.Version,
            Engine = program.Engine,
            MachineId = configuration.MachineId,
            Pid = Environment.ProcessId,
            MaxSessions = configuration.MaxConcurrentSessions,
            ProjectsAllowed = configuration.Projects.Count,
            Timestamp = services.GetRequiredService<TimeProvider>().GetUtcNow(),
        };
        return new(status, GatewayJson.Context.DaemonStatus);
    }
}
