namespace Donmai.Core.Workareas;

/// <summary>What is wrong with an archive, in words without absolute paths.</summary>
/// <param name="message">The words.</param>
internal sealed class ArchiveProblem(string message) : Exception(message);
