namespace Donmai.Core.Daemon.Updates;

/// <summary>A version that was installed and has to prove itself.</summary>
internal sealed record PendingInstallation
{
    /// <summary>The new version.</summary>
    public string? Version { get; init; }

    /// <summary>The version it replaced.</summary>
    public string? Previous { get; init; }

    /// <summary>What was replaced.</summary>
    public string? Location { get; init; }

    /// <summary>When it was installed.</summary>
    public DateTimeOffset InstalledAt { get; init; }

    /// <summary>When it was started.</summary>
    public List<DateTimeOffset> Starts { get; init => field = value ?? []; } = [];
}
