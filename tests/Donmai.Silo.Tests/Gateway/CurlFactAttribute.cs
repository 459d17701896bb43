namespace Donmai.Silo.Tests.Gateway;

/// <summary>A test that calls the control API as people do, with curl, and perhaps as a second user of this machine.</summary>
public sealed class CurlFactAttribute : FactAttribute
{
    private bool _asSecondUser;

    public CurlFactAttribute() => SkipWithout("curl");

    /// <summary>Whether it makes a second user, which only root can do.</summary>
    public bool AsSecondUser
    {
        get => _asSecondUser;
        set
        {
            _asSecondUser = value;
            if (!value)
                return;
            SkipWithout("useradd");
            SkipWithout("runuser");
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
                Skip = "only root can make a second user";
        }
    }

    private void SkipWithout(string program)
    {
        if (!((string[])["/usr/bin", "/usr/sbin", "/bin", "/sbin"]).Any(directory => File.Exists(Path.Combine(directory, program))))
            Skip = $"needs {program}";
    }
}
