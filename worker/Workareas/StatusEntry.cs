namespace Donmai.Worker.Workareas;

/// <summary>A path that differs from <c>HEAD</c>.</summary>
/// <param name="Path">Relative path, separated by <c>/</c>; a directory that is a repository of its own ends with it.</param>
/// <param name="IsTracked">Whether <c>HEAD</c> has the path.</param>
/// <param name="IsUnmerged">Whether it waits for somebody to resolve a conflict.</param>
internal sealed record StatusEntry(string Path, bool IsTracked, bool IsUnmerged = false);
