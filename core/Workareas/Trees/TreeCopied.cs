namespace Donmai.Core.Workareas.Trees;

/// <summary>What a copy of a tree holds.</summary>
/// <param name="EscapingLinks">Links that lead out of the tree, by path in byte order; the first of them.</param>
internal sealed record TreeCopied(List<string> EscapingLinks);
