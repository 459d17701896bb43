using Donmai.Core.Daemon;
using Donmai.Workareas;

namespace Donmai.Core.Workareas;

/// <summary>Which finished sessions are archived (workareas.md §7).</summary>
public static class ArchivePolicy
{
    private const string Completed = "completed";

    /// <summary>Whether a session's tree is kept. What nobody knows to be unchanged counts as changed.</summary>
    public static bool Keeps(ArchiveConfiguration configuration, WorkareaReturn session) => configuration.Policy switch
    {
        ArchiveConfiguration.Never => false,
        ArchiveConfiguration.OnFailure => session.Disposition != Completed,
        ArchiveConfiguration.OnChange => session.Changed is not false,
        _ => true,
    };
}
