using Donmai.Core.Workareas.Restoring;
using Microsoft.Extensions.Hosting;

namespace Donmai.Silo.Daemon;

/// <summary>Has what an interrupted restore or removal left cleared away when the daemon starts (workareas.md §5); the first look at them does it.</summary>
internal sealed class InterruptedRestores(IRestoredWorkareas restored) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => restored.List(stoppingToken);
}
