namespace Donmai.Bench.Gateway;

/// <summary>
/// Answers of one route to 64 connections while 100 sessions live, against Kestrel answering the same bytes: how many a second, and how long the slowest
/// of a hundred takes.
/// </summary>
/// <param name="name">Name of the figure.</param>
/// <param name="path">The route.</param>
/// <param name="target">Least share of the baseline's answers a second.</param>
internal sealed class RouteFigure(string name, string path, double target) : IFigure
{
    private const int Connections = 64;
    private const int Repetitions = 5;
    private const double MostOfBaselineP99 = 3;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Summary => $"GET {path} answers/s and p99 to 64 connections, {LiveSessions.Count} sessions live, against a bare Kestrel endpoint with the same bytes";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory(name);
        LiveSessions.Configure(directory.Path);
        await using var daemon = await RunningServer.StartReadyDaemon(directory.Path, "--worker-command", LiveSessions.Command);
        await using var sessions = await LiveSessions.Start(daemon.Uri, cancellation);
        var answer = Path.Combine(directory.Path, "answer");
        using (var http = new HttpClient())
            await File.WriteAllBytesAsync(answer, await http.GetByteArrayAsync(new Uri(daemon.Uri, path), cancellation), cancellation);
        await using var bare = await RunningServer.StartBaseline(directory.Path, answer);

        var (ours, baseline) = (new List<RequestLoad>(), new List<RequestLoad>());
        for (var round = 0; round <= Repetitions; round++)
        {
            var oursNow = await RequestLoop.Measure(daemon.Address, path, Connections, Slice);
            var baselineNow = await RequestLoop.Measure(bare.Address, path, Connections, Slice);
            if (round == 0)
                continue; // warms up
            ours.Add(oursNow);
            baseline.Add(baselineNow);
        }

        return
        [
            new FigureResult($"GET {path}, 64 connections", PerSecond(ours), PerSecond(baseline), "/s", target, FigureLimit.AtLeast),
            new FigureResult($"GET {path}, 64 connections, p99", Slow(ours), Slow(baseline), "ms", MostOfBaselineP99, FigureLimit.AtMost),
        ];
    }

    private static double PerSecond(List<RequestLoad> loads) => Rounds.Median(loads.Select(static load => load.PerSecond));

    private static double Slow(List<RequestLoad> loads) => Rounds.Median(loads.Select(static load => load.Slow.TotalMilliseconds));
}
