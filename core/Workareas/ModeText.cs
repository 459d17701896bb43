namespace Donmai.Core.Workareas;

/// <summary>Kind and permissions of an entry as text (workareas.md §6.2), from the mode bits that the system gives.</summary>
internal static class ModeText
{
    private const string Permissions = "rwxrwxrwx";

    private const int KindMask = 0xF000;
    private const int SetUser = 0x800;
    private const int SetGroup = 0x400;
    private const int Sticky = 0x200;

    /// <summary>The text, e.g. <c>-rw-r--r--</c>, <c>dtrwxrwxrwx</c>.</summary>
    /// <param name="mode"><c>st_mode</c>. The letters <c>a</c>, <c>l</c> and <c>T</c> stand for bits that it does not have.</param>
    internal static string Of(int mode)
    {
        var letters = KindOf(mode & KindMask)
            + ((mode & SetUser) != 0 ? "u" : "")
            + ((mode & SetGroup) != 0 ? "g" : "")
            + ((mode & KindMask) == 0x2000 ? "c" : "")
            + ((mode & Sticky) != 0 ? "t" : "")
            + (IsKnown(mode & KindMask) ? "" : "?");
        return string.Create(Math.Max(1, letters.Length) + Permissions.Length, (letters, mode), static (text, from) =>
        {
            text[0] = '-';
            from.letters.CopyTo(text);
            var nine = text[^Permissions.Length..];
            for (var i = 0; i < Permissions.Length; i++)
                nine[i] = (from.mode & (0x100 >> i)) != 0 ? Permissions[i] : '-';
        });
    }

    private static string KindOf(int kind) => kind switch
    {
        0x4000 => "d",
        0xA000 => "L",
        0x6000 or 0x2000 => "D",
        0x1000 => "p",
        0xC000 => "S",
        _ => "",
    };

    private static bool IsKnown(int kind) => kind is 0x8000 || KindOf(kind).Length > 0;
}
