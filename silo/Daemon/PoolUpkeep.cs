using Donmai.Core.Daemon;
using Donmai.Workareas;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Daemon;

/// <summary>
/// Has the pool of work areas looked after: once the daemon has started, when its limits or the projects are changed, and every five minutes (workareas.md §8.3).
/// </summary>
internal sealed partial class PoolUpkeep(
    IGrainFactory grains, IDaemonConfiguration configuration, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<PoolUpkeep> logger)
    : BackgroundService
{
    /// <summary>Time between two looks.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private TaskCompletionSource _asked = NewSignal();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = configuration.WhenReplaced(replacement =>
        {
            if (replacement.Former.PoolMaxDiskGb != replacement.Current.PoolMaxDiskGb || replacement.Former.Pool != replacement.Current.Pool
                || !replacement.Former.Projects.SequenceEqual(replacement.Current.Projects))
                Volatile.Read(ref _asked).TrySetResult();
        });
        await Started(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            Volatile.Write(ref _asked, NewSignal()); // first: a change that comes while the pool is looked after is looked at again
            await Tend(stoppingToken);
            await Task.WhenAny(_asked.Task, Task.Delay(Period, clock, stoppingToken));
        }
    }

    /// <summary>Grains answer from then on.</summary>
    private Task Started(CancellationToken stoppingToken)
    {
        var started = NewSignal();
        lifetime.ApplicationStarted.Register(static state => ((TaskCompletionSource)state!).TrySetResult(), started);
        return started.Task.WaitAsync(stoppingToken);
    }

    private async Task Tend(CancellationToken stoppingToken)
    {
        try
        {
            await grains.GetGrain<IWorkareaPoolGrain>(configuration.Current.MachineId).Tend();
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotTended(failure);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
