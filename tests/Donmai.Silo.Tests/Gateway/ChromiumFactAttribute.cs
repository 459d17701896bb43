namespace Donmai.Silo.Tests.Gateway;

/// <summary>A test that needs a real browser.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Program is null)
            Skip = "needs Chromium (apt-get install chromium)";
    }

    /// <summary>The system's Chromium.</summary>
    public static string? Program { get; } = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists);
}
