using System.Runtime.InteropServices;

namespace Donmai.Silo.Access;

/// <summary>The user who runs this program.</summary>
internal static partial class OwnUser
{
    /// <summary>The effective user id; 0 on Windows, where there is none.</summary>
    public static uint Id => OperatingSystem.IsWindows() ? 0 : EffectiveUserId();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();
}
