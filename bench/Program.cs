using System.Text.Json;
using Donmai.Bench;
using Donmai.Bench.Daemon;
using Donmai.Bench.Gateway;
using Donmai.Bench.Grains;
using Donmai.Bench.Journal;
using Donmai.Bench.Platform;
using Donmai.Bench.Routing;
using Donmai.Bench.Sessions;
using Donmai.Bench.Workareas;

if (args is [BaselineKestrel.Argument, var answer])
    return await BaselineKestrel.Run(answer);

IFigure[] figures =
[
    new GrainCallFigure(), new RouteFigure("status", "/api/daemon/status", 0.6), new RouteFigure("session-list", "/api/daemon/sessions", 0.4),
    new RouteFigure("providers", "/api/daemon/providers", 0.4), new MetricsFigure(), new SessionsFigure(), new SpawnFigure(), new JournalFigure(), new ActivityFigure(),
    new WorkerFigure(), new StartFigure(), new IdleFigure(), new VerbFigure(), new MemoryFigure(), new BeatFigure(), new IndexFigure(), new ArchiveListFigure(),
    new DiffFigure("diff", 5_000, 50, limit: 20, repetitions: 50), new DiffFigure("diff-large", 100_000, 1_000, limit: 1_000, repetitions: 3), new DiffStreamFigure(), new RestoreFigure(),
    new ChoiceFigure(),
];

var names = new List<string>();
string? jsonPath = null;
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--json" && i + 1 < args.Length)
        jsonPath = args[++i];
    else
        names.Add(args[i]);
}

if (names.Except(figures.Select(figure => figure.Name)).FirstOrDefault() is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no figure '{unknown}'. Figures:");
    foreach (var figure in figures)
        await Console.Error.WriteLineAsync($"  {figure.Name,-10} {figure.Summary}");
    await Console.Error.WriteLineAsync("Usage: dotnet run -c Release --project bench -- [name…] [--json file]");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

var begun = TimeProvider.System.GetUtcNow();
var results = new List<FigureResult>();
foreach (var figure in figures.Where(figure => names.Count == 0 || names.Contains(figure.Name)))
{
    await Console.Error.WriteLineAsync($"{figure.Name}: {figure.Summary}");
    results.AddRange(await figure.Measure(stop.Token));
}

FigureTable.Write(Console.Out, results);
if (jsonPath is not null)
{
    var report = new FigureReport(begun, Environment.ProcessorCount, results);
    await File.WriteAllBytesAsync(jsonPath, JsonSerializer.SerializeToUtf8Bytes(report, FigureJson.Default.FigureReport));
}

return results.All(result => result.Ok) ? 0 : 1;
