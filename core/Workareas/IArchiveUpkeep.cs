namespace Donmai.Core.Workareas;

/// <summary>Takes care of archives without being asked (workareas.md §7).</summary>
public interface IArchiveUpkeep
{
    /// <summary>Does so until it is cancelled.</summary>
    Task Run(CancellationToken cancellationToken);
}
