namespace Donmai.Cli.Tests;

/// <summary>A test that needs a pseudo-terminal, which <c>script</c> of util-linux gives.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TerminalFactAttribute : FactAttribute
{
    public TerminalFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/script"))
            Skip = "needs the program script of util-linux (Debian: bsdutils)";
    }
}
