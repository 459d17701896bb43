using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;

namespace Donmai.Core.Workareas;

/// <summary>Removes archives that nobody reads: out of sight in one step, then piece by piece.</summary>
internal sealed class ArchiveRemoval(ArchiveLayout layout, IArchiveUse use)
{
    /// <summary>Removes one.</summary>
    /// <exception cref="WorkareaNotFoundException">No such archive.</exception>
    /// <exception cref="ArchiveCorruptedException">A link stands in its place.</exception>
    /// <exception cref="WorkareaInUseException">Somebody reads it.</exception>
    /// <exception cref="RestoreFailedException">The disk refused.</exception>
    internal void Remove(string id)
    {
        var directory = new DirectoryInfo(layout.Archive(id));
        if (FileKinds.IsLink(directory))
            throw new ArchiveProblem($"archive \"{id}\" is a symbolic link").ToRefusal();
        if (!Path.Exists(Path.Join(directory.FullName, ArchiveLayout.ManifestName)))
            throw new WorkareaNotFoundException(id);
        var removed = layout.Removed();
        try
        {
            if (!use.RemoveUnlessHeld(id, () => Directory.Move(directory.FullName, removed)))
                throw new WorkareaInUseException($"archive \"{id}\" is being restored or compared; try again when that has ended");
            TreeRemoval.Remove(removed);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RestoreFailedException($"removal of archive \"{id}\" failed: {failure.Message}");
        }
    }
}
