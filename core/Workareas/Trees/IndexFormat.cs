namespace Donmai.Core.Workareas.Trees;

/// <summary>
/// The text of an archive's <c>index</c>. First line <c>donmai-index 1</c>. Then one line for the start of the tree and for each entry in the byte
/// order of paths: kind, mode (octal), size, when modified and when changed (nanoseconds since 1970; 0 where a change could go unseen), inode, hash
/// or <c>-</c>, how many bytes the path has in common with the one before, the rest of it, and a link's target. Fields are separated by a blank; in
/// texts a backslash stands before what would break a line. Last line <c>end</c>, entries, bytes of all files, SHA-256 of everything before it.
/// </summary>
internal static class IndexFormat
{
    /// <summary>Its name beside <c>tree/</c>.</summary>
    public const string Name = "index";

    /// <summary>What it is called until it is whole.</summary>
    public const string UnfinishedName = "index.new";

    public const byte DirectoryLetter = (byte)'d';
    public const byte FileLetter = (byte)'f';
    public const byte LinkLetter = (byte)'l';
    public const byte NoHash = (byte)'-';
    public const int HashBytes = 32;

    /// <summary>The longest path or target that is read; Linux has no longer target, and no sound tree such a path.</summary>
    public const int LongestText = 16 * 1024 * 1024;

    public static ReadOnlySpan<byte> FirstLine => "donmai-index 1\n"u8;

    public static ReadOnlySpan<byte> End => "end "u8;
}
