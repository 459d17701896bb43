using Donmai.Bench.Sessions;

namespace Donmai.Bench.Daemon;

/// <summary>Resident memory of the daemon that has just started, and after 1,000 sessions have ended.</summary>
internal sealed class MemoryFigure : IFigure
{
    private const int Sessions = 1000;
    private const int AtATime = 8;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public string Summary => "resident memory (VmRSS) of the daemon with 0 and with 1,000 finished sessions";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory("memory");
        SessionLanes.Configure(directory.Path, capacity: 2 * AtATime);
        await using var daemon = await RunningServer.StartReadyDaemon(directory.Path, "--worker-command", "exit 0");
        await Task.Delay(Rest, cancellation);
        var idle = daemon.ResidentMebibytes;

        using var lanes = new SessionLanes(daemon);
        await lanes.Run(Sessions, AtATime, cancellation);
        await Task.Delay(Rest, cancellation);
        var after = daemon.ResidentMebibytes;
        return
        [
            new FigureResult("resident memory, 0 sessions", idle, null, "MiB", 110, FigureLimit.AtMost),
            new FigureResult("resident memory, 1,000 finished sessions", after, null, "MiB", 130, FigureLimit.AtMost),
        ];
    }
}
