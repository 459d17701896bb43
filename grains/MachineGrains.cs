using Donmai.Daemon;
using Donmai.Platform;
using Donmai.Routing;
using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Grains;

/// <summary>The grains of one machine, by their keys (architecture.md §3).</summary>
internal static class MachineGrains
{
    /// <summary>The daemon of a machine.</summary>
    public static IDaemonGrain Daemon(this IGrainFactory grains, string machine) => grains.GetGrain<IDaemonGrain>(machine);

    /// <summary>The spawner of a machine.</summary>
    public static ISpawnerGrain Spawner(this IGrainFactory grains, string machine) => grains.GetGrain<ISpawnerGrain>(machine);

    /// <summary>The updates of a machine's daemon.</summary>
    public static IUpdateGrain Updates(this IGrainFactory grains, string machine) => grains.GetGrain<IUpdateGrain>(machine);

    /// <summary>The heartbeat of a machine.</summary>
    public static IHeartbeatGrain Heartbeat(this IGrainFactory grains, string machine) => grains.GetGrain<IHeartbeatGrain>(machine);

    /// <summary>The registration of a machine.</summary>
    public static IRegistrationGrain Registration(this IGrainFactory grains, string machine) => grains.GetGrain<IRegistrationGrain>(machine);

    /// <summary>The polling of a machine.</summary>
    public static IPollGrain Polling(this IGrainFactory grains, string machine) => grains.GetGrain<IPollGrain>(machine);

    /// <summary>What a machine's sessions have still to tell the platform.</summary>
    public static IOutboxGrain Outbox(this IGrainFactory grains, string machine) => grains.GetGrain<IOutboxGrain>(machine);

    /// <summary>The router of a machine.</summary>
    public static IRouterGrain Router(this IGrainFactory grains, string machine) => grains.GetGrain<IRouterGrain>(machine);

    /// <summary>The work areas of a machine.</summary>
    public static IWorkareaPoolGrain WorkareaPool(this IGrainFactory grains, string machine) => grains.GetGrain<IWorkareaPoolGrain>(machine);

    /// <summary>One work area of a machine.</summary>
    public static IWorkareaGrain Workarea(this IGrainFactory grains, string machine, string id) => grains.GetGrain<IWorkareaGrain>($"{machine}/{id}");

    /// <summary>One page of a machine's ended sessions.</summary>
    public static ISessionHistoryGrain SessionHistory(this IGrainFactory grains, string machine, int page) =>
        grains.GetGrain<ISessionHistoryGrain>($"{machine}/{page}");

    /// <summary>Why a session runs where it runs.</summary>
    public static IRoutingTraceGrain RoutingTrace(this IGrainFactory grains, string sessionId) => grains.GetGrain<IRoutingTraceGrain>(sessionId);

    /// <summary>A session.</summary>
    public static ISessionGrain Session(this IGrainFactory grains, string sessionId) => grains.GetGrain<ISessionGrain>(sessionId);
}
