using System.Text.Json.Serialization;

namespace Donmai.Core.Daemon;

/// <summary>When and why a daemon ended, as <c>last-exit.json</c> says it (daemon-runtime.md §15.3).</summary>
public sealed record LastExit
{
    /// <summary>Version of this record.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Process id of the daemon.</summary>
    public int Pid { get; init; }

    /// <summary>Version of the program.</summary>
    public string Version { get; init; } = "";

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; <see langword="null"/> while it runs, and for ever when it had no time to say so.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Exit code (daemon-runtime.md §6.5); <see langword="null"/> as <see cref="EndedAt"/>.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it ended, in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>Whether it ended the way it should.</summary>
    [JsonIgnore]
    public bool IsClean => ExitCode is DaemonEnding.Clean or DaemonEnding.Restart;

    /// <summary>The end in a sentence.</summary>
    public override string ToString() => EndedAt is { } end
        ? FormattableString.Invariant($"process {Pid} (version {Version}) ended at {end:yyyy-MM-dd'T'HH:mm:ss'Z'} with code {ExitCode}: {Reason}")
        : FormattableString.Invariant(
            $"process {Pid} (version {Version}), started at {StartedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}, ended without a word: it was killed, or the machine went down");
}
