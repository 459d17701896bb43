using System.Text.Json;

namespace Donmai.Silo.Gateway.Daemon;

/// <summary>The status as it is sent. It is what tools, dashboards and probes ask for all the time, so those who ask at once share an answer.</summary>
/// <param name="grains">The grains that know it.</param>
internal sealed class StatusPage(MachineGrains grains)
{
    private readonly SharedCall<byte[]> _shared = new(() => Read(grains));

    /// <summary>The status in JSON.</summary>
    public Task<byte[]> Read() => _shared.Ask();

    private static async Task<byte[]> Read(MachineGrains grains) =>
        JsonSerializer.SerializeToUtf8Bytes(await grains.Daemon.Status(), GatewayJson.Context.DaemonStatus);
}
