using Microsoft.Extensions.Logging;

namespace Donmai.Cli.Daemon;

/// <summary>What <see cref="DaemonSetup"/> says.</summary>
internal static partial class DaemonSetupLog
{
    [LoggerMessage(EventId = 1110, Level = LogLevel.Warning, Message = "{Former} is a former name; set {Present} in its place")]
    public static partial void FormerVariable(this ILogger logger, string former, string present);

    [LoggerMessage(EventId = 1111, Level = LogLevel.Warning,
        Message = "The state of the former product was copied from {Legacy} to {Present}; the copy is used from now on")]
    public static partial void TakenOver(this ILogger logger, string legacy, string present);
}
