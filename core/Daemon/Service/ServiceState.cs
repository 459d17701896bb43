namespace Donmai.Core.Daemon.Service;

/// <summary>What is known of the daemon's service.</summary>
public sealed record ServiceState
{
    /// <summary>What manages it: <c>systemd</c> or <c>launchd</c>.</summary>
    public required string Keeper { get; init; }

    /// <summary>For whom it is, or would be.</summary>
    public required ServiceScope Scope { get; init; }

    /// <summary>Where its unit file is, or would be.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the unit file exists.</summary>
    public bool Installed { get; init; }

    /// <summary>Whether the daemon runs as this service, or is being started.</summary>
    public bool Active { get; init; }

    /// <summary>Whether it is started by itself, at login or with the machine.</summary>
    public bool Enabled { get; init; }

    /// <summary>Whether sessions outlive its daemon.</summary>
    public bool KeepsSessions { get; init; }

    /// <summary>What <see cref="Keeper"/> itself says of it, e.g. <c>active</c>, <c>failed</c>; empty when it could not be asked.</summary>
    public string Word { get; init; } = "";

    /// <summary>Why <see cref="Keeper"/> could not be asked; otherwise <see langword="null"/>.</summary>
    public string? Problem { get; init; }
}
