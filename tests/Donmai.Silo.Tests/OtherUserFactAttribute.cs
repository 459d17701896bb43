namespace Donmai.Silo.Tests;

/// <summary>A test that acts as a second user of this machine, which only root can do.</summary>
public sealed class OtherUserFactAttribute : FactAttribute
{
    private static readonly string[] Programs = ["/usr/bin/setpriv", "/bin/setpriv"];

    public OtherUserFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            Skip = "only root can act as another user";
        else if (!Programs.Any(File.Exists))
            Skip = "needs setpriv (util-linux)";
    }
}
