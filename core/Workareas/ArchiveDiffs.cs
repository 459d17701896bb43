using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;

namespace Donmai.Core.Workareas;

/// <summary>Compares the indexes of two archives (workareas.md §6); only they read trees.</summary>
internal sealed class ArchiveDiffs(IWorkareaArchives archives, IArchiveTrees trees) : IArchiveDiffs
{
    /// <summary>Entries that are found before somebody has taken them.</summary>
    private const int Ahead = 4 * WorkareaDiffPage.Largest;

    /// <inheritdoc/>
    public async IAsyncEnumerable<WorkareaDiffPage> Compare(
        string older, string newer, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var summary = new WorkareaDiffSummary { WorkareaA = older, WorkareaB = newer };
        if (older == newer)
        {
            await archives.Inspect(older, cancellationToken);
            yield return new WorkareaDiffPage { Summary = summary };
            yield break;
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var found = Channel.CreateBounded<WorkareaDifference>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var work = Task.Run(() => Find(older, newer, found.Writer, stopping.Token), stopping.Token);
        try
        {
            while (await found.Reader.WaitToReadAsync(cancellationToken))
            {
                var page = Page(found.Reader);
                summary = Counted(summary, page);
                yield return page;
            }

            await work;
            yield return new WorkareaDiffPage { Summary = summary };
        }
        finally
        {
            await stopping.CancelAsync();
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task Find(string older, string newer, ChannelWriter<WorkareaDifference> found, CancellationToken cancellationToken)
    {
        try
        {
            var (a, b) = await Open(older, newer, cancellationToken);
            using (a)
            using (b)
                foreach (var difference in TreeComparison.Differences(a.Entries(), b.Entries(), cancellationToken))
                    await found.WriteAsync(difference, cancellationToken);
        }
        finally
        {
            found.Complete(); // how the work ended is told by its task
        }
    }

    /// <summary>Opens both at once; when one cannot be opened, the other is not waited for.</summary>
    private async Task<(ArchiveIndex Older, ArchiveIndex Newer)> Open(string older, string newer, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (a, b) = (Open(older, giveUp), Open(newer, giveUp));
        try
        {
            await Task.WhenAll(a, b);
            return (await a, await b);
        }
        catch
        {
            foreach (var opened in new[] { a, b }.Where(static opening => opening.IsCompletedSuccessfully))
                (await opened).Dispose();
            throw;
        }
    }

    private async Task<ArchiveIndex> Open(string archiveId, CancellationTokenSource giveUp)
    {
        try
        {
            return await trees.Open(archiveId, giveUp.Token);
        }
        catch
        {
            await giveUp.CancelAsync();
            throw;
        }
    }

    private static WorkareaDiffPage Page(ChannelReader<WorkareaDifference> found)
    {
        var entries = new List<WorkareaDifference>();
        while (entries.Count < WorkareaDiffPage.Largest && found.TryRead(out var difference))
            entries.Add(difference);
        return new WorkareaDiffPage { Entries = entries };
    }

    private static WorkareaDiffSummary Counted(WorkareaDiffSummary summary, WorkareaDiffPage page) => summary with
    {
        Added = summary.Added + page.Entries.Count(static entry => entry.Status == WorkareaDifference.Added),
        Removed = summary.Removed + page.Entries.Count(static entry => entry.Status == WorkareaDifference.Removed),
        Modified = summary.Modified + page.Entries.Count(static entry => entry.Status == WorkareaDifference.Modified),
        Total = summary.Total + page.Entries.Count,
    };
}
