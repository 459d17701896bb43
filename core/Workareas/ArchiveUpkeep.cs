using System.Threading.Channels;
using Donmai.Core.Daemon;
using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Workareas;

/// <summary>
/// What archives need without anybody asking: leftovers are dealt with at the start, a new archive gets its index, and what is beyond the limits is
/// removed, after each new archive, when the configuration changes, and every hour.
/// </summary>
internal sealed partial class ArchiveUpkeep(
    WorkareaArchives archives, IArchiveTrees trees, ArchiveRetention retention, IDaemonConfiguration configuration, TimeProvider clock, ILogger<ArchiveUpkeep> log)
    : IArchiveUpkeep
{
    /// <summary>Time between two looks when nothing happens.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task Run(CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var told = configuration.WhenReplaced(_ => changes.Writer.TryWrite(true));
        while (true)
        {
            await Tend(cancellationToken);
            using var slept = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(
                archives.Made.WaitToReadAsync(slept.Token).AsTask(), changes.Reader.WaitToReadAsync(slept.Token).AsTask(), Task.Delay(Period, clock, slept.Token));
            await slept.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            changes.Reader.TryRead(out _);
        }
    }

    private async Task Tend(CancellationToken cancellationToken)
    {
        while (archives.Made.TryRead(out var id))
            await Index(id, cancellationToken);
        try
        {
            await retention.Sweep(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotSwept(failure.Message);
        }
    }

    private async Task Index(string id, CancellationToken cancellationToken)
    {
        try
        {
            using var index = await trees.Open(id, cancellationToken);
            LogIndexed(id, index.EntryCount);
        }
        catch (Exception failure) when (failure is ArchiveCorruptedException or WorkareaNotFoundException or IOException or UnauthorizedAccessException)
        {
            LogNotIndexed(id, failure.Message); // whoever needs the tree is told
        }
    }
}
