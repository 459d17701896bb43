namespace Donmai.Core.Sessions.Children;

/// <summary>
/// Makes this process the parent of its orphaned descendants (Linux child sub-reaper), so that whatever an agent leaves behind stays
/// findable (worker.md §4.0, whole tree).
/// </summary>
public static class OrphanAdoption
{
    private const int SetChildSubreaper = 36;

    /// <summary>Switches it on for the life of this process.</summary>
    /// <returns>Whether the system offers it.</returns>
    public static bool TryEnable() =>
        OperatingSystem.IsLinux() && PosixChildren.ProcessControl(SetChildSubreaper, 1, 0, 0, 0) == 0;
}
