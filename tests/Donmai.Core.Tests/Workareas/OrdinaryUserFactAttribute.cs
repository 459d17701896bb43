namespace Donmai.Core.Tests.Workareas;

/// <summary>A test of what a process may not do, which root always may.</summary>
public sealed class OrdinaryUserFactAttribute : FactAttribute
{
    public OrdinaryUserFactAttribute()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
            Skip = "root may read everything";
    }
}
