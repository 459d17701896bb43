using System.Diagnostics;

namespace Donmai.Bench.Workareas;

/// <summary>The difference of two archives at one connection: with their indexes, and without, against <c>sha256sum</c> over the same files.</summary>
/// <param name="name">Name of the figure.</param>
/// <param name="files">Files of each archive.</param>
/// <param name="changes">How many of them differ.</param>
/// <param name="limit">Longest time with indexes, in ms.</param>
/// <param name="repetitions">How often each is measured.</param>
internal sealed class DiffFigure(string name, int files, int changes, double limit, int repetitions) : IFigure
{
    private const int Bytes = 4096;
    private const double MostOfSum = 1.3;
    private const double MostMemory = 150;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Summary => $"the difference of two archives of {files:N0} files, {changes:N0} changed, at one connection, against sha256sum with two processes";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory(name);
        var archives = new ArchivesToCompare(directory.Path);
        archives.Make(files, changes, Bytes);
        await using var daemon = await RunningServer.StartReadyDaemon(directory.Path);
        using var http = new HttpClient { BaseAddress = daemon.Uri, Timeout = Timeout.InfiniteTimeSpan };

        var (without, sum) = await Rounds.Measure(
            Math.Min(repetitions, 5),
            () =>
            {
                archives.Forget();
                return Ask(http, cancellation);
            },
            async () => (await archives.Sum()).TotalMilliseconds);
        var with = new List<double>();
        for (var round = 0; round < repetitions; round++)
            with.Add(await Ask(http, cancellation));

        return
        [
            new FigureResult($"diff of 2 × {files:N0} files, with indexes", Rounds.Median(with), null, "ms", limit, FigureLimit.AtMost),
            new FigureResult($"diff of 2 × {files:N0} files, without, against sha256sum", without, sum, "ms", MostOfSum, FigureLimit.AtMost),
            new FigureResult($"resident memory after diffs of 2 × {files:N0} files", daemon.ResidentMebibytes, null, "MiB", MostMemory, FigureLimit.AtMost),
        ];
    }

    private async Task<double> Ask(HttpClient http, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var answer = await http.GetStringAsync(new Uri(ArchivesToCompare.Path, UriKind.Relative), cancellation);
        var taken = clock.Elapsed.TotalMilliseconds;
        return answer.Contains($"\"modified\":{changes},", StringComparison.Ordinal)
            ? taken
            : throw new InvalidOperationException($"The daemon tells another difference: …{answer[^Math.Min(200, answer.Length)..]}");
    }
}
