using Donmai.Core.Daemon;
using Donmai.Providers;

namespace Donmai.Core.Providers;

/// <summary>
/// The agent runtimes of the worker, those that cannot be used here included: their status and detail say why (docs/decisions/0017).
/// </summary>
/// <param name="runtimes">The runtimes.</param>
/// <param name="probes">How they are.</param>
/// <param name="configuration">Whether the stub is permitted.</param>
/// <param name="program">The version of what is built in.</param>
public sealed class AgentRuntimeFamily(
    IAgentRuntimes runtimes, ProviderProbes probes, IDaemonConfiguration configuration, ProgramIdentity program) : IProviderFamily
{
    /// <inheritdoc/>
    public string Family => ProviderFamilies.AgentRuntime;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Provider>> List(bool refresh, CancellationToken cancellationToken) =>
        await Task.WhenAll(runtimes.All.Select(async runtime =>
        {
            var finding = runtime.IsOnlyOnRequest && !configuration.Current.AllowStub
                ? new ProviderFinding(ProviderHealth.Inactive, null, ProviderCatalog.OnlyOnRequest)
                : await probes.Look(runtime, refresh).WaitAsync(cancellationToken);
            return new Provider
            {
                Id = runtime.Name,
                Name = runtime.Name,
                Version = finding.Version ?? program.Version,
                Family = ProviderFamilies.AgentRuntime,
                Source = runtime.Source,
                Status = finding.Status,
                Detail = finding.Detail,
                Location = probes.Where(runtime),
                ManifestOk = true,
                Capabilities = runtime.Capabilities,
            };
        }));
}
