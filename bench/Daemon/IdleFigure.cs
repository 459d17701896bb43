using Donmai.Bench.Gateway;

namespace Donmai.Bench.Daemon;

/// <summary>What the daemon takes while 100 sessions live, do nothing, and nobody asks anything: resident memory and processor time.</summary>
internal sealed class IdleFigure : IFigure
{
    /// <summary>What the sessions' starts left to do is done after this: processes recorded, garbage given back.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public string Name => "idle";

    /// <inheritdoc/>
    public string Summary => $"resident memory (VmRSS) and processor time of the daemon with {LiveSessions.Count} live sessions that do nothing";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory("idle");
        LiveSessions.Configure(directory.Path);
        await using var daemon = await RunningServer.StartReadyDaemon(directory.Path, "--worker-command", LiveSessions.Command);
        await using var sessions = await LiveSessions.Start(daemon.Uri, cancellation);
        await Task.Delay(Quiet, cancellation);

        var before = daemon.ProcessorTime;
        await Task.Delay(Watched, cancellation);
        var used = daemon.ProcessorTime - before;
        return
        [
            new FigureResult($"resident memory, {LiveSessions.Count} live sessions", daemon.ResidentMebibytes, null, "MiB", 140, FigureLimit.AtMost),
            new FigureResult($"processor time, {LiveSessions.Count} live sessions, idle", 100 * (used / Watched), null, "% of a core", 1, FigureLimit.AtMost),
        ];
    }
}
