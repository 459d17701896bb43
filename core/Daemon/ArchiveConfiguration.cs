namespace Donmai.Core.Daemon;

/// <summary>Which archives are made of finished sessions, and how long they are kept (<c>workarea</c>, workareas.md §7).</summary>
public sealed record ArchiveConfiguration
{
    /// <summary>Every finished session is archived.</summary>
    public const string Always = "always";

    /// <summary>Archived is what changed something, or of what nobody knows whether it did.</summary>
    public const string OnChange = "on-change";

    /// <summary>Archived is what did not complete.</summary>
    public const string OnFailure = "on-failure";

    /// <summary>Nothing is archived.</summary>
    public const string Never = "never";

    /// <summary>Which sessions are archived (<c>archive</c>): one of the constants.</summary>
    public string Policy { get; init; } = Always;

    /// <summary>Most archives (<c>maxArchives</c>); 0 means no limit.</summary>
    public int MaxCount { get; init; } = 50;

    /// <summary>GiB that archives may take (<c>maxArchiveGb</c>); 0 means no limit.</summary>
    public int MaxGb { get; init; }

    /// <summary>Days after which an archive is removed (<c>maxArchiveAgeDays</c>); 0 means never.</summary>
    public int MaxAgeDays { get; init; }
}
