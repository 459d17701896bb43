using System.Diagnostics;
using Donmai.Core.Daemon;
using Donmai.Core.Workareas.Trees;

namespace Donmai.Bench.Workareas;

/// <summary>
/// Making the index of an archive that has none, against <c>sha256sum</c> over the same files in two processes; and comparing one of 100,000 files
/// with its tree and reading it through.
/// </summary>
internal sealed class IndexFigure : IFigure
{
    private const int Files = 5_000;
    private const int ManyFiles = 100_000;
    private const int Repetitions = 5;

    /// <inheritdoc/>
    public string Name => "archive-index";

    /// <inheritdoc/>
    public string Summary => $"the index of an archive of {Files:N0} files, against sha256sum over them in two processes; one of {ManyFiles:N0} files compared and read";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory(Name);
        var trees = new ArchiveTrees(new ConfigurationInForce(new DaemonConfiguration { MachineId = "bench", ArchiveRoot = directory.Path }), new ArchiveUse());
        foreach (var (id, files) in new[] { ("some", Files), ("many", ManyFiles) })
        {
            BenchTree.Make(Path.Combine(directory.Path, id, "tree"), files);
            await File.WriteAllTextAsync(Path.Combine(directory.Path, id, "manifest.json"), "{}", cancellation);
        }

        var index = Path.Combine(directory.Path, "some", "index");
        var (ours, baseline) = await Rounds.Measure(
            Repetitions,
            async () =>
            {
                File.Delete(index);
                return await Milliseconds(async () => (await trees.Open("some", cancellation)).Dispose());
            },
            () => Milliseconds(() => Sums(Path.Combine(directory.Path, "some", "tree"), cancellation)));
        var (compared, _) = await Rounds.Measure(Repetitions, () => Milliseconds(() => Read(trees, cancellation)), () => Task.FromResult(0d));
        return
        [
            new FigureResult($"archive index of {Files:N0} files made", ours, baseline, "ms", 1.3, FigureLimit.AtMost),
            new FigureResult($"archive index of {ManyFiles:N0} files compared and read", compared, null, "ms", 500, FigureLimit.AtMost),
        ];
    }

    private static async Task Read(ArchiveTrees trees, CancellationToken cancellation)
    {
        using var index = await trees.Open("many", cancellation);
        var count = index.Entries().Count();
        if (count != index.EntryCount)
            throw new InvalidOperationException($"{count} entries of {index.EntryCount} were read");
    }

    private static async Task Sums(string tree, CancellationToken cancellation)
    {
        using var sums = Process.Start(new ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", "find . -type f -print0 | xargs -0 -P 2 -n 250 sha256sum > /dev/null" },
            WorkingDirectory = tree,
        })!;
        await sums.WaitForExitAsync(cancellation);
    }

    private static async Task<double> Milliseconds(Func<Task> act)
    {
        var clock = Stopwatch.StartNew();
        await act();
        return clock.Elapsed.TotalMilliseconds;
    }
}
