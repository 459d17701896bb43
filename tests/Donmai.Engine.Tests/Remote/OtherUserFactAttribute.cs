using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Remote;

/// <summary>A test that acts as a second user of this machine, which only root can do; Microsoft Orleans lets every local user in.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OtherUserFactAttribute : FactAttribute
{
    public OtherUserFactAttribute()
    {
        if (!StandInFactAttribute.IsStandIn || !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv"))
        {
            Skip = "Needs the stand-in, Linux, root and setpriv.";
        }
    }
}
