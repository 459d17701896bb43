namespace Donmai.Cli.Tests.Completion;

/// <summary>A test that needs a shell.</summary>
public sealed class ShellTheoryAttribute : TheoryAttribute
{
    public ShellTheoryAttribute(string shell)
    {
        if (!File.Exists("/usr/bin/" + shell) && !File.Exists("/bin/" + shell))
            Skip = $"needs {shell}";
    }
}
