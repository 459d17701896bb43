using System.Diagnostics;
using Donmai.Sessions.Events;
using Donmai.Worker.Platform;

namespace Donmai.Bench.Platform;

/// <summary>Events a second through mapping and queue of an activity poster whose platform never answers, and the memory it takes meanwhile.</summary>
internal sealed class ActivityFigure : IFigure
{
    private const int Events = 1_000_000;
    private const int Rounds = 3;
    private const double Mebi = 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "activity";

    /// <inheritdoc/>
    public string Summary => "events/s through mapping and queue on one core, and memory of the poster after a million of them";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        var rates = new List<double>();
        var memories = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var (rate, memory) = await Flood(cancellation);
            if (round == 0)
                continue;
            rates.Add(rate);
            memories.Add(memory);
        }

        return
        [
            new FigureResult("activity: events through mapping and queue", Bench.Rounds.Median(rates), null, "/s", 200_000, FigureLimit.AtLeast),
            new FigureResult("activity: memory of the poster", Bench.Rounds.Median(memories), null, "MiB", 32, FigureLimit.AtMost),
        ];
    }

    private static async Task<(double Rate, double Memory)> Flood(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory("activity");
        using var silence = new SilentPlatform();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var poster = new ActivityPoster(new ActivityPosterOptions
        {
            SessionId = "bench",
            PlatformUrl = "http://platform.invalid",
            ProviderName = "claude",
            BacklogPath = Path.Combine(directory.Path, "activity.jsonl"),
            StopDrainTimeout = TimeSpan.Zero,
            Transport = silence,
        });
        poster.Start(cancellation);
        var happenings = Happenings();
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < Events; number++)
            poster.Send(happenings[number % happenings.Length]);
        var rate = Events / clock.Elapsed.TotalSeconds;
        var memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / Mebi;
        await poster.Stop();
        return (rate, memory);
    }

    // What a busy agent does, in equal parts.
    private static AgentEvent[] Happenings() =>
    [
        new AssistantTextEvent { Text = "Looking at the rounding code now." },
        new ToolUseEvent { ToolName = "Bash", ToolUseId = "toolu_1", Input = new JsonText("""{"command":"dotnet test tests/Billing.Tests --filter Rounding","timeout":120000}"""), ToolCategory = "shell" },
        new ToolProgressEvent { ToolName = "Bash", ElapsedSeconds = 3 },
        new ToolResultEvent { ToolName = "Bash", ToolUseId = "toolu_1", Content = new string('x', 2000) },
    ];
}
