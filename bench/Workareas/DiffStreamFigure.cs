using System.Diagnostics;

namespace Donmai.Bench.Workareas;

/// <summary>Memory of the daemon while it streams a difference of a million entries.</summary>
internal sealed class DiffStreamFigure : IFigure
{
    private const int Files = 1_000_000;
    private const int LookEvery = 20_000;
    private const double MostMemory = 150;

    /// <inheritdoc/>
    public string Name => "diff-stream";

    /// <inheritdoc/>
    public string Summary => $"resident memory of the daemon while it streams a difference of {Files:N0} entries";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory(Name);
        new ArchivesToCompare(directory.Path).MakeAllNew(Files);
        await using var daemon = await RunningServer.StartReadyDaemon(directory.Path);
        using var http = new HttpClient { BaseAddress = daemon.Uri, Timeout = Timeout.InfiniteTimeSpan };
        await Read(http, daemon, cancellation); // makes the index

        var clock = Stopwatch.StartNew();
        var (early, most) = await Read(http, daemon, cancellation);
        return
        [
            new FigureResult("resident memory, most while streaming 1,000,000 entries", most, null, "MiB", MostMemory, FigureLimit.AtMost),
            new FigureResult("the same, most against after the first 20,000", most, early, "MiB", 1.2, FigureLimit.AtMost),
            new FigureResult("time to stream 1,000,000 entries", clock.Elapsed.TotalSeconds, null, "s", 20, FigureLimit.AtMost),
        ];
    }

    private static async Task<(double Early, double Most)> Read(HttpClient http, RunningServer daemon, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(new Uri(ArchivesToCompare.Path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        var (early, most, last) = (0.0, 0.0, "");
        for (var number = 1; await lines.ReadLineAsync(cancellation) is { } line; number++)
        {
            last = line;
            if (number % LookEvery != 0)
                continue;
            most = Math.Max(most, daemon.ResidentMebibytes);
            early = early > 0 ? early : most;
        }

        return last.StartsWith("""{"summary":""", StringComparison.Ordinal) ? (early, most) : throw new InvalidOperationException($"The last line is {last}");
    }
}
