using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Tests.Logging;

/// <summary>Entries for tests.</summary>
internal static partial class Words
{
    [LoggerMessage(EventId = 42, Level = LogLevel.Information, Message = "Session {SessionId} has {Count} turns")]
    public static partial void Turns(this ILogger logger, string sessionId, int count);

    [LoggerMessage(EventId = 43, Level = LogLevel.Error, Message = "It said {Words}")]
    public static partial void Said(this ILogger logger, string words, Exception? failure = null);

    [LoggerMessage(EventId = 44, Level = LogLevel.Debug, Message = "A detail")]
    public static partial void Detail(this ILogger logger);
}
