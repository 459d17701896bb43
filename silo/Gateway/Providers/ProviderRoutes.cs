using Donmai.Daemon;
using Donmai.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway.Providers;

/// <summary>What sessions can be run with (control-api.md §6).</summary>
internal static class ProviderRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapProviders(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/daemon/providers", List).WhileStarting(NoRegistry);
        routes.MapGet("/api/daemon/providers/{**providerId}", Show);
    }

    private static async Task<JsonAnswer<ProviderList>> List(string? family, string? refresh, MachineGrains grains, SharedAnswers shared)
    {
        var anew = refresh is "true";
        if (!string.IsNullOrEmpty(family))
            return Answer(await grains.Providers.List(family, anew));
        return await (anew ? shared.ProvidersAnew : shared.Providers).Ask();
    }

    private static async Task<JsonAnswer<ProviderAnswer>> Show(string? providerId, string? refresh, MachineGrains grains)
    {
        if (string.IsNullOrWhiteSpace(providerId) || providerId.Contains('/'))
            throw new ProviderNotFoundException(providerId ?? "");
        var provider = refresh is "true" ? await grains.Providers.Probe(providerId) : await grains.Providers.Show(providerId);
        return new(new ProviderAnswer { Provider = provider }, GatewayJson.Context.ProviderAnswer);
    }

    private static JsonAnswer<ProviderList>? NoRegistry(HttpContext context, DaemonState state) =>
        state is DaemonState.Starting ? Answer(new() { PartialCoverage = true, CoveredFamilies = [ProviderFamilies.AgentRuntime] }) : null;

    private static JsonAnswer<ProviderList> Answer(ProviderList list) => new(list, GatewayJson.Context.ProviderList);
}
