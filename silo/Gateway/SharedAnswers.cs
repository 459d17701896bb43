using System.Text.Json.Serialization.Metadata;
using Donmai.Daemon;
using Donmai.Providers;
using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Silo.Gateway;

/// <summary>
/// Answers that are the same for everybody. Tools, dashboards and probes ask for them all the time, and a list can be long: those who ask at
/// once share one call of a grain and its text.
/// </summary>
/// <param name="grains">The grains that know.</param>
internal sealed class SharedAnswers(MachineGrains grains)
{
    /// <summary>The daemon at a glance.</summary>
    public SharedCall<JsonAnswer<DaemonStatus>> Status { get; } = Share(grains.Daemon.Status, GatewayJson.Context.DaemonStatus);

    /// <summary>Load, capacity and standing, without pool and machines.</summary>
    public SharedCall<JsonAnswer<DaemonStats>> Stats { get; } = Share(() => grains.Daemon.Stats(new()), GatewayJson.Context.DaemonStats);

    /// <summary>Health.</summary>
    public SharedCall<JsonAnswer<DoctorReport>> Doctor { get; } = Share(grains.Daemon.Doctor, GatewayJson.Context.DoctorReport);

    /// <summary>The live sessions.</summary>
    public SharedCall<JsonAnswer<List<SessionHandle>>> Sessions { get; } = Share(grains.Spawner.Live, GatewayJson.Context.ListSessionHandle);

    /// <summary>The work areas.</summary>
    public SharedCall<JsonAnswer<WorkareaList>> Workareas { get; } = Share(grains.Workareas.List, GatewayJson.Context.WorkareaList);

    /// <summary>The providers as they were found last.</summary>
    public SharedCall<JsonAnswer<ProviderList>> Providers { get; } =
        Share(() => grains.Providers.List(family: null, refresh: false), GatewayJson.Context.ProviderList);

    /// <summary>The providers as they are found now.</summary>
    public SharedCall<JsonAnswer<ProviderList>> ProvidersAnew { get; } =
        Share(() => grains.Providers.List(family: null, refresh: true), GatewayJson.Context.ProviderList);

    private static SharedCall<JsonAnswer<T>> Share<T>(Func<Task<T>> ask, JsonTypeInfo<T> type) => new(async () => new(await ask(), type));
}
