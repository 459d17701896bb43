using System.Diagnostics;

namespace Donmai.Bench.Daemon;

/// <summary>Time from starting <c>donmai daemon run</c> to the first 200 of <c>/healthz</c>, against an empty Kestrel.</summary>
internal sealed class StartFigure : IFigure
{
    /// <inheritdoc/>
    public string Name => "start";

    /// <inheritdoc/>
    public string Summary => "start of `donmai daemon run` to the first 200 of /healthz, against `dotnet` starting an empty Kestrel";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory("start");
        var answer = Path.Combine(directory.Path, "answer");
        await File.WriteAllTextAsync(answer, "{}", cancellation);
        var (ours, baseline) = await Rounds.Measure(
            7,
            () => Healthy(() => RunningServer.StartDaemon(directory.Path), cancellation),
            () => Healthy(() => RunningServer.StartBaseline(directory.Path, answer), cancellation));
        return [new FigureResult("start to the first 200 of /healthz", ours, baseline, "ms", 4, FigureLimit.AtMost)];
    }

    private static async Task<double> Healthy(Func<Task<RunningServer>> start, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var clock = Stopwatch.StartNew();
        await using var server = await start();
        using var answer = await http.GetAsync(new Uri(server.Uri, "/healthz"), cancellation);
        answer.EnsureSuccessStatusCode();
        return clock.Elapsed.TotalMilliseconds;
    }
}
