using Donmai.Core.Workareas;
using Microsoft.Extensions.Hosting;

namespace Donmai.Silo.Daemon;

/// <summary>Has archives taken care of as long as the daemon runs.</summary>
internal sealed class ArchiveCare(IArchiveUpkeep upkeep) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => upkeep.Run(stoppingToken);
}
