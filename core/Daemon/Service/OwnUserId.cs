using System.Runtime.InteropServices;

namespace Donmai.Core.Daemon.Service;

/// <summary>The user of this process, as the system numbers it.</summary>
internal static partial class OwnUserId
{
    /// <summary>The effective user id; 0 on Windows, where there is none.</summary>
    public static uint Value => OperatingSystem.IsWindows() ? 0 : EffectiveUserId();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();
}
