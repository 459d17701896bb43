using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Donmai.Bench.Sessions;

/// <summary>
/// What a worker process costs: its resident memory beside an agent that does nothing, and the time from its start to its agent's, beside a program
/// that does nothing. Making the work tree is git's time, and is told apart.
/// </summary>
internal sealed class WorkerFigure : IFigure
{
    private const int RoundsToRun = 7;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => "worker";

    /// <inheritdoc/>
    public string Summary => "a worker process beside an idle agent: resident memory, and its start to its agent's start against a `dotnet` program that does nothing";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory("worker");
        var bed = new WorkerBed(directory.Path);
        await File.WriteAllBytesAsync(bed.Detail, JsonSerializer.SerializeToUtf8Bytes(bed.Order, ControlApiJson.Default.SessionDetail), cancellation);
        await using var daemon = await RunningServer.StartBaseline(directory.Path, bed.Detail);
        var (memory, own) = (new List<double>(), new List<double>());
        var (whole, baseline) = await Rounds.Measure(
            RoundsToRun,
            async () =>
            {
                var one = await Worker(bed, daemon.Uri, cancellation);
                memory.Add(one.Resident);
                own.Add(one.Own);
                return one.Whole;
            },
            () => Empty(bed, cancellation));
        return
        [
            new FigureResult("worker beside an idle agent, resident memory", Rounds.Median(memory.Skip(1)), null, "MiB", 60, FigureLimit.AtMost),
            new FigureResult("worker's start to its agent's, without git", Rounds.Median(own.Skip(1)), baseline, "ms", 2, FigureLimit.AtMost),
            new FigureResult("worker's start to its agent's, with git", whole, baseline, "ms", 2, FigureLimit.AtMost),
        ];
    }

    private static async Task<(double Whole, double Own, double Resident)> Worker(WorkerBed bed, Uri daemon, CancellationToken cancellation)
    {
        var session = bed.Next();
        var started = TimeProvider.System.GetUtcNow();
        using var worker = bed.Start(
            [Checkout.Program, "agent", "run", "--session-id", session, "--daemon-url", daemon.ToString(), "--worktree-dir", bed.Trees, "--record-dir", bed.Records]);
        try
        {
            var agent = await bed.AgentStart(worker, Deadline, cancellation);
            await Task.Delay(Rest, cancellation);
            var whole = (agent - started).TotalMilliseconds;
            return (whole, whole - bed.TimeOfGit(session).TotalMilliseconds, Resident(worker.Id));
        }
        finally
        {
            WorkerBed.End(worker);
            await worker.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<double> Empty(WorkerBed bed, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var empty = bed.Start([Checkout.EmptyProgram]);
        await empty.WaitForExitAsync(cancellation);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static double Resident(int pid)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status"))
            .Single(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
