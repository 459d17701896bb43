using Microsoft.Extensions.Logging;

namespace Donmai.Cli.Daemon;

/// <summary>The daemon's log: one line an entry, on standard error; standard output is for what was asked.</summary>
internal static class DaemonLog
{
    /// <summary>What a daemon in the foreground says.</summary>
    public static void Whole(ILoggingBuilder logging) => To(logging, LogLevel.Information);

    /// <summary>What a daemon says that only serves one command: what went wrong.</summary>
    public static void OnlyTrouble(ILoggingBuilder logging) => To(logging, LogLevel.Error);

    private static void To(ILoggingBuilder logging, LogLevel least) =>
        logging
            .SetMinimumLevel(least)
            .AddSimpleConsole(static console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
                console.UseUtcTimestamp = true;
            })
            .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            // Otherwise the web server makes an activity and a log scope for every request, which nobody reads.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddFilter("Microsoft", least > LogLevel.Warning ? least : LogLevel.Warning)
            .AddFilter("Orleans", least > LogLevel.Warning ? least : LogLevel.Warning);
}
