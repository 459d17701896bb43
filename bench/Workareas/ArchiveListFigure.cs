using System.Globalization;
using Donmai.Bench.Gateway;

namespace Donmai.Bench.Workareas;

/// <summary>The list of 200 archives to 64 connections, against Kestrel answering the same bytes.</summary>
internal sealed class ArchiveListFigure : IFigure
{
    private const int Archives = 200;
    private const int Connections = 64;
    private const int Repetitions = 5;
    private const string List = "/api/daemon/workareas";
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => "archive-list";

    /// <inheritdoc/>
    public string Summary => $"GET {List} answers/s to {Connections} connections with {Archives} archives, against a bare Kestrel endpoint with the same bytes";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory(Name);
        LiveSessions.Configure(directory.Path);
        for (var number = 0; number < Archives; number++)
            await Make(Path.Combine(directory.Path, "workareas", string.Create(CultureInfo.InvariantCulture, $"wa-ses_{number:0000}-1779096600")), cancellation);
        await using var daemon = await RunningServer.StartReadyDaemon(directory.Path);
        var answer = Path.Combine(directory.Path, "answer");
        using (var http = new HttpClient())
            await File.WriteAllBytesAsync(answer, await http.GetByteArrayAsync(new Uri(daemon.Uri, List), cancellation), cancellation);
        await using var bare = await RunningServer.StartBaseline(directory.Path, answer);

        var (ours, baseline) = await Rounds.Measure(
            Repetitions,
            async () => (await RequestLoop.Measure(daemon.Address, List, Connections, Slice)).PerSecond,
            async () => (await RequestLoop.Measure(bare.Address, List, Connections, Slice)).PerSecond);
        return [new FigureResult($"GET {List}, {Archives} archives, {Connections} connections", ours, baseline, "/s", 0.3, FigureLimit.AtLeast)];
    }

    private static async Task Make(string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(path, "tree"));
        var manifest = $$"""
            {"id":"{{Path.GetFileName(path)}}","sessionId":"ses_0a41","projectId":"acme-api","providerId":"local","sourceProvider":"local","disposition":"completed",
            "createdAt":"2026-05-06T21:14:09Z","sizeBytes":48210332,"repository":"github.com/acme/api","ref":"feature/ledger"}
            """;
        await File.WriteAllTextAsync(Path.Combine(path, "manifest.json"), manifest, cancellation);
    }
}
