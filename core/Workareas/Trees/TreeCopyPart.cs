namespace Donmai.Core.Workareas.Trees;

/// <summary>A piece of work of a <see cref="TreeCopy"/>: a directory to be begun, or some of the names of one that is.</summary>
/// <param name="Directory">The directory it is about, or the outer one of that to be begun.</param>
/// <param name="Begins">Name of a directory to be begun; <see langword="null"/> for names of this one.</param>
/// <param name="Start">First of the names.</param>
/// <param name="End">Behind the last of the names.</param>
internal readonly record struct TreeCopyPart(CopiedDirectory Directory, byte[]? Begins, int Start, int End);
