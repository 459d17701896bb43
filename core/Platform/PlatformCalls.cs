namespace Donmai.Core.Platform;

/// <summary>Every call to the orchestrator: the one place of their time-outs, retries, waits and limits (platform-api.md §1.1, §14).</summary>
public static class PlatformCalls
{
    private const int Kibi = 1024;
    private const int ResultAttempts = 3;
    private const int TerminalAttempts = 8;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly PlatformPatience Patience = PlatformPatience.OfThisProcess();

    /// <summary>Registers the machine; who calls tries again, with a back-off (platform-api.md §3).</summary>
    public static PlatformCall Register { get; } = new() { Name = "register", Timeout = Patience.Bound(10 * Second), ErrorLimit = 2 * Kibi };

    /// <summary>Replaces the runtime token (platform-api.md §5.1).</summary>
    public static PlatformCall RefreshToken { get; } = new() { Name = "refresh-token", Timeout = Patience.Bound(10 * Second), ErrorLimit = 2 * Kibi };

    /// <summary>Tells that the machine lives (platform-api.md §6).</summary>
    public static PlatformCall Heartbeat { get; } = new() { Name = "heartbeat", Timeout = Patience.Bound(5 * Second), ErrorLimit = 2 * Kibi, AnswerLimit = 4 * Kibi * Kibi };

    /// <summary>Asks for work; its items may be large (platform-api.md §7).</summary>
    public static PlatformCall Poll { get; } = new() { Name = "poll", Timeout = Patience.Bound(30 * Second), ErrorLimit = 2 * Kibi, AnswerLimit = 32 * Kibi * Kibi };

    /// <summary>Gives work back (platform-api.md §8).</summary>
    public static PlatformCall Nack { get; } = new()
    {
        Name = "nack",
        Timeout = Patience.Bound(10 * Second),
        Overall = 5 * Second,
        Waits = [Second, 3 * Second],
        ErrorLimit = Kibi,
    };

    /// <summary>Keeps a session's lock; each tick has three attempts (platform-api.md §9).</summary>
    public static PlatformCall LockRefresh { get; } = new()
    {
        Name = "lock-refresh",
        Timeout = Patience.Bound(30 * Second),
        Waits = [Second, 2 * Second],
        Retried = RetriedAnswers.Any,
        ErrorLimit = 4 * Kibi,
    };

    /// <summary>Tells one activity (platform-api.md §10.3).</summary>
    public static PlatformCall Activity { get; } = new PlatformCall
    {
        Name = "activity",
        Timeout = Patience.Bound(30 * Second),
        Retried = RetriedAnswers.TemporaryOrUnauthorized,
        ErrorLimit = 4 * Kibi,
    }.Doubling(6, TimeSpan.FromMilliseconds(250), 5 * Second);

    /// <summary>Tells that a session runs (platform-api.md §10.4).</summary>
    public static PlatformCall Running { get; } = Result("status running");

    /// <summary>Asks the issue tracker for something (platform-api.md §12).</summary>
    public static PlatformCall IssueTracker { get; } = Result("issue-tracker-proxy") with { Overall = 30 * Second, ErrorLimit = 64 * Kibi };

    /// <summary>Tells a session's summary (platform-api.md §11.1).</summary>
    public static PlatformCall Completion { get; } = Result("completion");

    /// <summary>Tells a session's terminal status (platform-api.md §11.2).</summary>
    public static PlatformCall Status { get; } = Result("status");

    /// <summary>The same for a request that must arrive: 8 attempts over about two minutes, as nobody waits for it (platform-api.md §11.3).</summary>
    public static PlatformCall Patiently(PlatformCall call) => call.Doubling(TerminalAttempts, Second, 60 * Second);

    /// <summary>Three attempts, waits of 1 and 2 s (platform-api.md §11.3).</summary>
    private static PlatformCall Result(string name) => new PlatformCall
    {
        Name = name,
        Timeout = Patience.Bound(30 * Second),
        Retried = RetriedAnswers.TemporaryOrUnauthorized,
        ErrorLimit = 4 * Kibi,
    }.Doubling(ResultAttempts, Second);
}
