using Donmai.Workareas;

namespace Donmai.Core.Workareas;

/// <summary>Tells archives apart (workareas.md §6).</summary>
public interface IArchiveDiffs
{
    /// <summary>What differs between two archives: pages as the work produces them, the last with the summary. Memory does not grow with the trees.</summary>
    /// <param name="older">Id of the old side.</param>
    /// <param name="newer">Id of the new side.</param>
    /// <param name="cancellationToken">Ends the work, which is over when the enumeration is.</param>
    /// <exception cref="WorkareaNotFoundException">One of them is no archive.</exception>
    /// <exception cref="ArchiveCorruptedException">The manifest or the tree of one of them cannot be used.</exception>
    IAsyncEnumerable<WorkareaDiffPage> Compare(string older, string newer, CancellationToken cancellationToken = default);
}
