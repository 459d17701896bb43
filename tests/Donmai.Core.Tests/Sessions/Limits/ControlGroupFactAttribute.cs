namespace Donmai.Core.Tests.Sessions.Limits;

/// <summary>A test that needs control groups of version 2 that it may write to.</summary>
public sealed class ControlGroupFactAttribute : FactAttribute
{
    private static readonly string[] Places = ["/sys/fs/cgroup/unified", "/sys/fs/cgroup"];

    /// <summary>Creates the test.</summary>
    public ControlGroupFactAttribute()
    {
        if (Root is null)
            Skip = "no control groups of version 2 can be made here";
    }

    /// <summary>Where groups can be made.</summary>
    public static string? Root { get; } = Array.Find(Places, IsUsable);

    private static bool IsUsable(string place)
    {
        var probe = Path.Combine(place, $"donmai-probe-{Guid.NewGuid():N}");
        try
        {
            if (!File.Exists(Path.Combine(place, "cgroup.procs")))
                return false;
            Directory.CreateDirectory(probe);
            var hasKill = File.Exists(Path.Combine(probe, "cgroup.kill"));
            Directory.Delete(probe);
            return hasKill;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
