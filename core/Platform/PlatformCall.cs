namespace Donmai.Core.Platform;

/// <summary>How a call is made: time-outs, retries, limits (platform-api.md §1, §14).</summary>
public sealed record PlatformCall
{
    private const int Kibi = 1024;

    /// <summary>What it is called in errors and traces.</summary>
    public required string Name { get; init; }

    /// <summary>Longest time of one attempt, to the last byte of its answer.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Longest time of all attempts and waits; <see langword="null"/> for what they add up to.</summary>
    public TimeSpan? Overall { get; init; }

    /// <summary>Waits between the attempts; there is one attempt more. Empty for a single one.</summary>
    public IReadOnlyList<TimeSpan> Waits { get; init; } = [];

    /// <summary>Which answers are met with another attempt while there is one, and are transient afterwards.</summary>
    public RetriedAnswers Retried { get; init; }

    /// <summary>Longest wait that the orchestrator can ask for between two attempts (<c>Retry-After</c>).</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes that are read of the body of a refusal.</summary>
    public required int ErrorLimit { get; init; }

    /// <summary>Bytes that a successful answer may have; a larger one is not read.</summary>
    public int AnswerLimit { get; init; } = 256 * Kibi;

    /// <summary>The same with other waits: <paramref name="attempts"/> in all, each wait twice the one before.</summary>
    /// <param name="attempts">At least 1.</param>
    /// <param name="first">Wait before the second attempt; zero for no waiting.</param>
    /// <param name="longest">Longest wait; <see langword="null"/> for no limit.</param>
    public PlatformCall Doubling(int attempts, TimeSpan first, TimeSpan? longest = null) =>
        this with { Waits = [.. Enumerable.Range(0, Math.Max(0, attempts - 1)).Select(step => Doubled(first, step, longest ?? TimeSpan.MaxValue))] };

    private static TimeSpan Doubled(TimeSpan first, int step, TimeSpan longest) =>
        TimeSpan.FromTicks((long)Math.Min(first.Ticks * Math.Pow(2, step), longest.Ticks));
}
