using Donmai.Core.Daemon;
using Donmai.Core.Sessions.Logs;
using Donmai.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Daemon;

/// <summary>Has logs and records of ended sessions removed when their time has come, soon after the start and every hour from then on.</summary>
internal sealed partial class SessionSweep(
    SessionRetention retention, IGrainFactory grains, IDaemonConfiguration configuration, TimeProvider clock, ILogger<SessionSweep> logger)
    : BackgroundService
{
    /// <summary>Time after the start; the sessions of the daemon's former life have been found again by then.</summary>
    internal static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    /// <summary>Time between two sweeps.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = First; ; wait = Period)
        {
            await Task.Delay(wait, clock, stoppingToken);
            try
            {
                var live = await grains.GetGrain<ISpawnerGrain>(configuration.Current.MachineId).Live();
                await retention.Sweep(live.Select(static session => session.SessionId).ToHashSet(StringComparer.Ordinal), stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotSwept(failure);
            }
        }
    }
}
