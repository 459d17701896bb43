using Donmai.Daemon;
using Donmai.Platform;
using Donmai.Providers;
using Donmai.Routing;
using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Silo.Gateway;

/// <summary>The grains that the routes of one machine's gateway call.</summary>
/// <param name="grains">The silo's grains.</param>
/// <param name="machine">The machine id, key of everything that is bound to this machine.</param>
internal sealed class MachineGrains(IGrainFactory grains, string machine)
{
    /// <summary>The daemon itself.</summary>
    public IDaemonGrain Daemon { get; } = grains.GetGrain<IDaemonGrain>(machine);

    /// <summary>Updates of the daemon.</summary>
    public IUpdateGrain Update => grains.GetGrain<IUpdateGrain>(machine);

    /// <summary>The registration at the orchestrator.</summary>
    public IRegistrationGrain Registration => grains.GetGrain<IRegistrationGrain>(machine);

    /// <summary>Polls of the orchestrator.</summary>
    public IPollGrain Polling => grains.GetGrain<IPollGrain>(machine);

    /// <summary>Heartbeats to the orchestrator.</summary>
    public IHeartbeatGrain Heartbeat => grains.GetGrain<IHeartbeatGrain>(machine);

    /// <summary>What sessions have still to tell the platform.</summary>
    public IOutboxGrain Outbox => grains.GetGrain<IOutboxGrain>(machine);

    /// <summary>What sessions can be run with.</summary>
    public IProviderCatalogGrain Providers => grains.GetGrain<IProviderCatalogGrain>(machine);

    /// <summary>Admission of sessions.</summary>
    public ISpawnerGrain Spawner { get; } = grains.GetGrain<ISpawnerGrain>(machine);

    /// <summary>The list of work areas.</summary>
    public IWorkareaPoolGrain Workareas { get; } = grains.GetGrain<IWorkareaPoolGrain>(machine);

    /// <summary>One session.</summary>
    /// <exception cref="SessionNotFoundException">The id is blank; no grain can have it.</exception>
    public ISessionGrain Session(string? id) =>
        string.IsNullOrWhiteSpace(id) ? throw new SessionNotFoundException(id ?? "") : grains.GetGrain<ISessionGrain>(id);

    /// <summary>The router of this machine.</summary>
    public IRouterGrain Router => grains.GetGrain<IRouterGrain>(machine);

    /// <summary>Why a session ran where it ran.</summary>
    /// <exception cref="RoutingDecisionNotFoundException">The id is blank; no grain can have it.</exception>
    public IRoutingTraceGrain RoutingTrace(string? id) =>
        string.IsNullOrWhiteSpace(id) ? throw new RoutingDecisionNotFoundException(id ?? "") : grains.GetGrain<IRoutingTraceGrain>(id);

    /// <summary>One work area.</summary>
    public IWorkareaGrain Workarea(string id) => grains.GetGrain<IWorkareaGrain>($"{machine}/{id}");
}
