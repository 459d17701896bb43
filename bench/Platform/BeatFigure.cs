using System.Globalization;
using Donmai.Bench.Gateway;

namespace Donmai.Bench.Platform;

/// <summary>
/// What a heartbeat and a poll take of the daemon's processor time while 1,000 sessions live: a time with one of each every second, less a time of
/// the same daemon with none.
/// </summary>
internal sealed class BeatFigure : IFigure
{
    private const int Sessions = 1000;

    /// <summary>What the sessions' starts left to do is done after this, and the code of a beat is compiled.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "beat";

    /// <inheritdoc/>
    public string Summary => "processor time of the daemon for one heartbeat and one poll with 1,000 live sessions";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory("beat");
        await using var platform = new CountingPlatform();
        Configure(directory.Path, platform.Address);
        await using var daemon = await RunningServer.StartReadyDaemon(directory.Path, "--worker-command", LiveSessions.Command);
        await using var sessions = await LiveSessions.Start(daemon.Uri, cancellation, Sessions);
        await Task.Delay(Quiet, cancellation);

        var (beating, beats) = await Watch(daemon, platform, cancellation);
        await platform.Quieten(cancellation);
        await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
        var (silent, stray) = await Watch(daemon, platform, cancellation);

        var perBeat = (beating - silent) / Math.Max(1, beats - stray);
        return [new FigureResult("heartbeat and poll, 1,000 live sessions", perBeat.TotalMilliseconds, null, "ms", 2, FigureLimit.AtMost)];
    }

    private static async Task<(TimeSpan Used, int Beats)> Watch(RunningServer daemon, CountingPlatform platform, CancellationToken cancellation)
    {
        var (used, beats) = (daemon.ProcessorTime, platform.Beats);
        await Task.Delay(Watched, cancellation);
        return (daemon.ProcessorTime - used, platform.Beats - beats);
    }

    private static void Configure(string state, string platform) => File.WriteAllText(
        Path.Combine(state, "daemon.yaml"),
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            machine: { id: bench }
            orchestrator: { url: "{{platform}}", authToken: rsk_live_bench }
            capacity: { maxConcurrentSessions: {{Sessions + 1}} }
            projects:
              - { id: bench, repository: "https://git.example.com/bench" }

            """));
}
