namespace Donmai.Bench.Gateway;

/// <summary>Answers a second of <c>GET /api/daemon/status</c> to 64 connections, against Kestrel answering the same bytes.</summary>
internal sealed class StatusFigure : IFigure
{
    private const string StatusPath = "/api/daemon/status";
    private const int Connections = 64;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => "status";

    /// <inheritdoc/>
    public string Summary => "GET /api/daemon/status answers/s to 64 connections, against a bare Kestrel endpoint with the same bytes";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory("status");
        await using var daemon = await RunningServer.StartReadyDaemon(directory.Path);
        var answer = Path.Combine(directory.Path, "answer");
        using (var http = new HttpClient())
            await File.WriteAllBytesAsync(answer, await http.GetByteArrayAsync(new Uri(daemon.Uri, StatusPath), cancellation), cancellation);
        await using var bare = await RunningServer.StartBaseline(directory.Path, answer);

        var (ours, baseline) = await Rounds.Measure(
            5,
            () => RequestLoop.Measure(daemon.Address, StatusPath, Connections, Slice),
            () => RequestLoop.Measure(bare.Address, StatusPath, Connections, Slice));
        return [new FigureResult("GET /api/daemon/status, 64 connections", ours, baseline, "/s", 0.6, FigureLimit.AtLeast)];
    }
}
