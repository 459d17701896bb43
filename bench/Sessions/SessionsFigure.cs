using System.Diagnostics;

namespace Donmai.Bench.Sessions;

/// <summary>Sessions a second from submission to end, 32 at a time, against a loop of <c>posix_spawn</c> and wait of the same command.</summary>
internal sealed class SessionsFigure : IFigure
{
    private const string Command = "exit 0";
    private const int AtATime = 32;
    private const int Sessions = 1000;

    // What has just ended gives its slot back a moment later: with room for twice as many, no submission is refused and tried again.
    private const int Capacity = 2 * AtATime;
    private const int WarmUp = 4000;

    /// <inheritdoc/>
    public string Name => "sessions";

    /// <inheritdoc/>
    public string Summary => "sessions/s from POST to exit of a /bin/sh worker, 32 at a time, durable, against posix_spawn + wait of the same command";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory("sessions");
        SessionLanes.Configure(directory.Path, Capacity);
        await using var daemon = await RunningServer.StartReadyDaemon(directory.Path, "--worker-command", Command);
        using var lanes = new SessionLanes(daemon);
        await lanes.Run(WarmUp, AtATime, cancellation);

        var (ours, baseline) = await Rounds.Measure(
            3,
            async () =>
            {
                var clock = Stopwatch.StartNew();
                await lanes.Run(Sessions, AtATime, cancellation);
                return Sessions / clock.Elapsed.TotalSeconds;
            },
            () => Task.FromResult(SpawnLoop()));
        return [new FigureResult("session, accept to exit, 32 at a time", ours, baseline, "/s", 0.5, FigureLimit.AtLeast)];
    }

    private static double SpawnLoop()
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Sessions; i++)
            PosixSpawn.RunShell(Command);
        return Sessions / clock.Elapsed.TotalSeconds;
    }
}
