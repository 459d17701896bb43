using Microsoft.Extensions.Hosting;

namespace Donmai.Silo;

/// <summary>The daemon's hosts start and stop when the daemon says so; signals are the business of the program.</summary>
internal sealed class NoSignals : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
