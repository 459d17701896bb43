namespace Donmai.Core.Tests.Daemon.Service;

/// <summary>A test that asks systemd's own parser.</summary>
public sealed class SystemdFactAttribute : FactAttribute
{
    /// <summary>The parser.</summary>
    public const string Program = "/usr/bin/systemd-analyze";

    public SystemdFactAttribute()
    {
        if (!File.Exists(Program))
            Skip = "needs systemd-analyze (Debian: apt install systemd)";
    }
}
