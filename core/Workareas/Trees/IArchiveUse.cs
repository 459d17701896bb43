namespace Donmai.Core.Workareas.Trees;

/// <summary>Which archives are being read: those are never removed (workareas.md §7).</summary>
internal interface IArchiveUse
{
    /// <summary>Keeps an archive from being removed until the hold is given back. Many may hold the same one.</summary>
    IDisposable Hold(string archiveId);

    /// <summary>Removes an archive unless somebody holds it.</summary>
    /// <param name="archiveId">The archive.</param>
    /// <param name="remove">Takes it out of sight, quickly: nobody can hold any archive meanwhile.</param>
    /// <returns>Whether it was removed.</returns>
    bool RemoveUnlessHeld(string archiveId, Action remove);
}
