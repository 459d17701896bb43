using Donmai.Cli.Rendering;
using Donmai.Platform;

namespace Donmai.Cli.Platform;

/// <summary>The link to the orchestrator as people read it.</summary>
internal static class PlatformText
{
    /// <summary>Mode of a daemon that asks an orchestrator.</summary>
    public const string Real = "real";

    /// <summary>Whom the daemon is registered with.</summary>
    /// <param name="standing">How it stands.</param>
    /// <param name="now">The daemon's time.</param>
    public static Facts Registration(PlatformStanding standing, DateTimeOffset now) => new Facts()
        .Add("registration", standing.State, ToneOf(standing.State))
        .Add("why", standing.Note, Tone.Quiet)
        .Add("orchestrator", standing.Url)
        .Add("worker id", standing.WorkerId, Tone.Name)
        .Add("since", standing.RegisteredAt is { } since ? $"{Ago(since, now)}{(standing.Source is "cache" ? ", from the cache of an earlier start" : "")}" : null)
        .Add("token", Token(standing, now), standing.TokenExpiresAt < now ? Tone.Bad : Tone.Plain)
        .Add("trouble", standing.LastError, Tone.Bad)
        .Add("next", Next(standing, now));

    /// <summary>The state of a loop.</summary>
    public static string Loop(bool isRunning, int intervalMs, DateTimeOffset? lastSuccess, DateTimeOffset now) => !isRunning
        ? "off"
        : $"every {Amounts.Duration(TimeSpan.FromMilliseconds(intervalMs))}, {(lastSuccess is { } last ? $"last heard {Ago(last, now)}" : "not heard yet")}";

    /// <summary>What the orchestrator thinks of this host.</summary>
    public static string? Host(HeartbeatStanding heartbeat) => heartbeat.HostStatus is not { } host ? null
        : $"{host.Status}{(heartbeat.ClaimingSuspended ? ", so no work is asked for" : "")}{(host.RecommendedAction is { Length: > 0 } action ? $"; {action}" : "")}";

    /// <summary>Whether nothing is sent until a person asks for it.</summary>
    public static bool IsForgotten(PlatformStanding standing) => standing.State is "forgotten";

    /// <summary>Look of a registration's state.</summary>
    public static Tone ToneOf(string state) => state switch
    {
        "registered" => Tone.Good,
        "refused" => Tone.Bad,
        "unreachable" or "forgotten" => Tone.Warning,
        _ => Tone.Plain,
    };

    /// <summary>Look of a loop.</summary>
    public static Tone ToneOf(bool isRunning, int failures) => !isRunning ? Tone.Quiet : failures == 0 ? Tone.Good : Tone.Warning;

    private static string? Next(PlatformStanding standing, DateTimeOffset now) => standing switch
    {
        _ when IsForgotten(standing) => "'donmai platform register', or the daemon's next start",
        { NextAttemptAt: null } => null,
        { LastError: null, WorkerId: not null } => $"refresh {In(standing.NextAttemptAt.Value, now)}",
        { LastError: null } => $"registration {In(standing.NextAttemptAt.Value, now)}",
        _ => $"another try {In(standing.NextAttemptAt.Value, now)}",
    };

    private static string? Token(PlatformStanding standing, DateTimeOffset now) => standing.TokenExpiresAt switch
    {
        null => standing.WorkerId is null || standing.Mode is not Real ? null : "nobody says how long it is good",
        { } end when end < now => $"expired {Ago(end, now)}",
        { } end => $"good for {Amounts.Duration(end - now)}{(standing.RefreshedAt is { } refreshed ? $", refreshed {Ago(refreshed, now)}" : "")}",
    };

    private static string Ago(DateTimeOffset moment, DateTimeOffset now) => $"{Amounts.Duration(now - moment)} ago";

    private static string In(DateTimeOffset moment, DateTimeOffset now) => moment <= now ? "now" : $"in {Amounts.Duration(moment - now)}";
}
