namespace Donmai.Core.Daemon.Service;

/// <summary>Everything that decides what a unit says (daemon-runtime.md §14).</summary>
public sealed record ServiceDefinition
{
    /// <summary>Time that a stop gets beyond the drain, for the rest of it (daemon-runtime.md §14.2).</summary>
    public static readonly TimeSpan BeyondDrain = TimeSpan.FromSeconds(60);

    /// <summary>For whom.</summary>
    public required ServiceScope Scope { get; init; }

    /// <summary>As whom.</summary>
    public required ServiceAccount Account { get; init; }

    /// <summary>What is run.</summary>
    public required HostProgram Program { get; init; }

    /// <summary>Configuration file, absolute; only if given.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>State directory, absolute; only if given.</summary>
    public string? StateHome { get; init; }

    /// <summary>File of the cached registration, absolute; only if given.</summary>
    public string? RegistrationPath { get; init; }

    /// <summary>Where the .NET runtime is, when it is not where programs look for it (<c>DOTNET_ROOT</c>).</summary>
    public string? RuntimeHome { get; init; }

    /// <summary>Longest wait for sessions when the daemon is stopped (<c>autoUpdate.drainTimeoutSeconds</c>).</summary>
    public TimeSpan DrainTimeout { get; init; } = new UpdateConfiguration().DrainTimeout;

    /// <summary>Whether sessions go on when the daemon stops or dies, and are found again by its next start (daemon-runtime.md §15.2).</summary>
    public bool KeepSessions { get; init; }

    /// <summary>Whether the system may slow the daemon and its sessions down in favour of what the user does (launchd only).</summary>
    public bool Background { get; init; }

    /// <summary>Seconds until a stop is enforced.</summary>
    internal long StopSeconds => (long)Math.Ceiling((DrainTimeout + BeyondDrain).TotalSeconds);

    /// <summary>The command line: program and arguments.</summary>
    internal IEnumerable<string> Words => [.. Program.Words, "daemon", "run", .. KeepSessions ? ["--keep-sessions"] : Array.Empty<string>()];

    /// <summary>Variables beside <c>PATH</c>.</summary>
    internal IEnumerable<(string Name, string Value)> Variables
    {
        get
        {
            if (ConfigurationPath is { Length: > 0 } configuration)
                yield return ("DONMAI_DAEMON_CONFIG", configuration);
            if (StateHome is { Length: > 0 } state)
                yield return (StateDirectoryResolver.OverrideVariable, state);
            if (RegistrationPath is { Length: > 0 } registration)
                yield return ("DONMAI_DAEMON_JWT_PATH", registration);
            if (RuntimeHome is { Length: > 0 } runtime)
                yield return ("DOTNET_ROOT", runtime);
        }
    }
}
