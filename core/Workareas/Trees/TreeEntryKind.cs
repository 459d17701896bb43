namespace Donmai.Core.Workareas.Trees;

/// <summary>What a tree may hold (workareas.md §6.1); nothing else is ever opened.</summary>
internal enum TreeEntryKind
{
    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A symbolic link, which is never followed.</summary>
    Link,
}
