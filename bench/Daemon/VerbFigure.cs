using System.Diagnostics;

namespace Donmai.Bench.Daemon;

/// <summary>Time of <c>donmai status</c> against a running daemon, from the start to the end of its process, beside a program that does nothing.</summary>
internal sealed class VerbFigure : IFigure
{
    private const int RoundsToRun = 15;

    /// <inheritdoc/>
    public string Name => "verb";

    /// <inheritdoc/>
    public string Summary => "`donmai status` from its start to its end, against a `dotnet` program that does nothing";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory("verb");
        await using var daemon = await RunningServer.StartReadyDaemon(directory.Path);
        var (ours, baseline) = await Rounds.Measure(
            RoundsToRun,
            () => Run([Checkout.Program, "status"], directory.Path, cancellation),
            () => Run([Checkout.EmptyProgram], directory.Path, cancellation));
        return [new FigureResult("donmai status, start to end", ours, baseline, "ms", 3, FigureLimit.AtMost)];
    }

    private static async Task<double> Run(string[] arguments, string state, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = state };
        start.Environment["DONMAI_STATE_HOME"] = state;
        start.Environment["HOME"] = state;
        start.Environment.Remove("DONMAI_DAEMON_URL");
        start.Environment.Remove("RENSEI_DAEMON_URL");
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? clock.Elapsed.TotalMilliseconds
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
