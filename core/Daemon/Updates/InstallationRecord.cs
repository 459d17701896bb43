namespace Donmai.Core.Daemon.Updates;

/// <summary>What a state directory remembers of installed versions (<c>update.json</c>, daemon-runtime.md §12.5).</summary>
internal sealed record InstallationRecord
{
    /// <summary>The version that was started last.</summary>
    public string? Running { get; init; }

    /// <summary>A version that was installed and has not reached <c>running</c> yet.</summary>
    public PendingInstallation? Pending { get; init; }

    /// <summary>Versions that did not reach <c>running</c> here; they are never installed again.</summary>
    public List<string?> Bad { get; init => field = value ?? []; } = [];
}
