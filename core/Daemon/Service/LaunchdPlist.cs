using System.Globalization;
using System.Text;

namespace Donmai.Core.Daemon.Service;

/// <summary>The text of the launchd property list (daemon-runtime.md §14.1).</summary>
internal static class LaunchdPlist
{
    /// <summary>Name of the job.</summary>
    public const string Label = "dev.donmai.daemon";

    /// <summary>The key of a job whose sessions outlive the daemon.</summary>
    public const string KeepsSessions = "<key>AbandonProcessGroup</key>";

    private const string ThrottleSeconds = "30";

    /// <summary>Composes it.</summary>
    public static string Compose(ServiceDefinition service)
    {
        var text = new StringBuilder(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            <dict>

            """);
        Key(text, "Label", String(Label));
        Key(text, "ProgramArguments", $"<array>\n{string.Concat(service.Words.Select(static word => $"    {String(word)}\n"))}  </array>");
        Key(text, "RunAtLoad", "<true/>");
        Key(text, "KeepAlive", "<dict>\n    <key>SuccessfulExit</key>\n    <false/>\n  </dict>");
        Key(text, "ThrottleInterval", $"<integer>{ThrottleSeconds}</integer>");
        Key(text, "ExitTimeOut", $"<integer>{service.StopSeconds.ToString(CultureInfo.InvariantCulture)}</integer>");
        if (service.KeepSessions)
            text.Append("  ").Append(KeepsSessions).Append("\n  <true/>\n");
        if (service.Background)
            Key(text, "ProcessType", String("Background"));
        Key(text, "StandardOutPath", String(OutputPath(service.Account.Home)));
        Key(text, "StandardErrorPath", String(ErrorPath(service.Account.Home)));
        Key(text, "EnvironmentVariables", Variables(service));
        return text.Append("</dict>\n</plist>\n").ToString();
    }

    /// <summary>File of the daemon's standard output.</summary>
    public static string OutputPath(string home) => Path.Combine(LogDirectory(home), "daemon.log");

    /// <summary>File of the daemon's standard error.</summary>
    public static string ErrorPath(string home) => Path.Combine(LogDirectory(home), "daemon-error.log");

    /// <summary>Directory of both.</summary>
    public static string LogDirectory(string home) => Path.Combine(home, "Library", "Logs", "donmai");

    /// <summary>The <c>PATH</c> of the service.</summary>
    internal static string SearchPath(string home) => home + "/.local/bin:/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

    private static string Variables(ServiceDefinition service)
    {
        var home = service.Account.Home.TrimEnd('/');
        (string, string)[] usual =
        [
            ("HOME", home),
            ("PATH", SearchPath(home)),
        ];
        var text = new StringBuilder("<dict>\n");
        foreach (var (name, value) in usual.Concat(service.Variables))
            text.Append("    <key>").Append(name).Append("</key>\n    ").Append(String(value)).Append('\n');
        return text.Append("  </dict>").ToString();
    }

    private static void Key(StringBuilder text, string name, string value) =>
        text.Append("  <key>").Append(name).Append("</key>\n  ").Append(value).Append('\n');

    private static string String(string value) => $"<string>{Escaped(value)}</string>";

    private static string Escaped(string value)
    {
        if (value.Any(static character => character is < ' ' and not ('\t' or '\n' or '\r') or '\ufffe' or '\uffff'))
            throw new ServiceException($"A property list cannot hold '{value.ReplaceLineEndings(" ")}': it has control characters.");
        return value
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("'", "&apos;", StringComparison.Ordinal);
    }
}
