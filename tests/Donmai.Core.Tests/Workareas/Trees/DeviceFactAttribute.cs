using System.Diagnostics;

namespace Donmai.Core.Tests.Workareas.Trees;

/// <summary>A test that needs a device node of its own; skipped, with the reason, where none can be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeviceFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> Makeable = new(static () =>
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return false;
        var place = Directory.CreateTempSubdirectory("donmai-device-");
        using var make = Process.Start(new ProcessStartInfo("mknod", [Path.Join(place.FullName, "null"), "c", "1", "3"]) { RedirectStandardError = true, UseShellExecute = false })!;
        make.WaitForExit();
        place.Delete(recursive: true);
        return make.ExitCode == 0;
    });

    /// <summary>Creates the test.</summary>
    public DeviceFactAttribute()
    {
        if (!Makeable.Value)
            Skip = "making a device needs root on Linux";
    }
}
