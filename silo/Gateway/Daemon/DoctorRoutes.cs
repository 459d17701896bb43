using Donmai.Core.Daemon;
using Donmai.Daemon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Donmai.Silo.Gateway.Daemon;

/// <summary>Health and abilities of the machine (control-api.md §4.13, §4.14).</summary>
internal static class DoctorRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapDoctor(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/daemon/doctor", Doctor).WhileStarting(DoctorWhileStarting);
        routes.MapGet("/api/daemon/capabilities", Capabilities).WhileStarting(NoCapabilities);
    }

    private static Task<JsonAnswer<DoctorReport>> Doctor(SharedAnswers shared) => shared.Doctor.Ask();

    private static async Task<JsonAnswer<CapabilityList>> Capabilities(MachineGrains grains) =>
        new(await grains.Daemon.Capabilities(), GatewayJson.Context.CapabilityList);

    private static JsonAnswer<DoctorReport>? DoctorWhileStarting(HttpContext context, DaemonState state)
    {
        if (state is not DaemonState.Starting)
            return null;
        var services = context.RequestServices;
        var configuration = services.GetRequiredService<IDaemonConfiguration>().Current;
        var program = services.GetRequiredService<ProgramIdentity>();
        var report = new DoctorReport
        {
            State = DaemonLifecycle.Name(state),
            Version = program.Version,
            Engine = program.Engine,
            ConfigLoaded = true,
            MachineId = configuration.MachineId,
            ProjectCount = configuration.Projects.Count,
            OrchestratorUrl = configuration.OrchestratorUrl,
            Timestamp = Now(context),
        };
        return new(report, GatewayJson.Context.DoctorReport);
    }

    private static JsonAnswer<CapabilityList>? NoCapabilities(HttpContext context, DaemonState state) =>
        state is DaemonState.Starting ? new(new CapabilityList { Timestamp = Now(context) }, GatewayJson.Context.CapabilityList) : null;

    private static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
}
