using Donmai.Workareas;

namespace Donmai.Core.Workareas;

/// <summary>What is wrong with an archive, in words without absolute paths.</summary>
/// <param name="message">The words.</param>
internal sealed class ArchiveProblem(string message) : Exception(message)
{
    /// <summary>The refusal of a request that needs the archive.</summary>
    public ArchiveCorruptedException ToRefusal() => new($"archive corrupted: {Message}");
}
