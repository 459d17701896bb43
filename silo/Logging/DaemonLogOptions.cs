using Donmai.Core.Daemon;

namespace Donmai.Silo.Logging;

/// <summary>Where a daemon's log goes, and how (daemon-runtime.md §2.3 <c>observability</c>).</summary>
public sealed record DaemonLogOptions
{
    /// <summary>How entries look.</summary>
    public LogFormat Format { get; init; }

    /// <summary>The log file, absolute; <see langword="null"/> for none.</summary>
    public string? Path { get; init; }

    /// <summary>Bytes after which the file is put aside.</summary>
    public long LargestFile { get; init; } = 10L * 1024 * 1024;

    /// <summary>Files in all, the one that is written to included; at least 2.</summary>
    public int FilesKept { get; init; } = 5;

    /// <summary>Standard error; <see langword="null"/> for the process's own.</summary>
    public Stream? StandardError { get; init; }

    /// <summary>As the configuration says.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="state">Where the file is when the configuration names none.</param>
    public static DaemonLogOptions Of(ObservabilityConfiguration configuration, StateDirectory state) => new()
    {
        Format = configuration.LogFormat == "ndjson" ? LogFormat.Ndjson : LogFormat.Text,
        Path = configuration.LogPath ?? state.Log,
    };
}
