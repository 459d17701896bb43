namespace Donmai.Cli.Workareas.Diff;

/// <summary>Kind and permissions as git writes them.</summary>
internal static class GitMode
{
    /// <summary>A symbolic link; its permissions mean nothing.</summary>
    public const string Link = "120000";

    private const int Permissions = 9;
    private const int RegularFile = 0x8000;

    // Letters before the permissions (workareas.md §6.2) and the bits that they stand for.
    private static readonly (char Letter, int Bit)[] Letters = [('u', 0x800), ('g', 0x400), ('t', 0x200)];

    /// <summary>In octal; <see langword="null"/> for what git keeps nothing of: directories.</summary>
    /// <param name="mode">As a difference says it, e.g. <c>-rw-r--r--</c>.</param>
    public static string? Of(string mode)
    {
        if (mode.Length < Permissions || mode[0] == 'd')
            return null;
        if (mode[0] == 'L')
            return Link;
        var bits = RegularFile;
        foreach (var (letter, bit) in Letters)
            if (mode.AsSpan(0, mode.Length - Permissions).Contains(letter))
                bits |= bit;
        for (var i = 0; i < Permissions; i++)
            if (mode[mode.Length - Permissions + i] != '-')
                bits |= 0x100 >> i;
        return Convert.ToString(bits, 8);
    }
}
