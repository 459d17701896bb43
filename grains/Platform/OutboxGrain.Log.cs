using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

internal sealed partial class OutboxGrain
{
    [LoggerMessage(2781, LogLevel.Information, "Sessions whose results the platform does not have yet: {Count}")]
    private partial void Found(int count);

    [LoggerMessage(2782, LogLevel.Information, "Session {SessionId} is reported in the place of its worker: {Reason}")]
    private partial void ReportedInPlace(string sessionId, string reason);

    [LoggerMessage(2783, LogLevel.Error, "The end of session {SessionId} cannot be written down to be reported")]
    private partial void NotReported(Exception error, string sessionId);

    [LoggerMessage(2784, LogLevel.Information, "Delivered {Count} requests of {Record}")]
    private partial void Delivered(int count, string record);

    [LoggerMessage(2786, LogLevel.Error, "Delivering what sessions left failed; it is tried again")]
    private partial void RoundFailed(Exception error);

    [LoggerMessage(2785, LogLevel.Warning, "What waits in {Record} could not be delivered: {Reason}")]
    private partial void NotDelivered(string record, string reason);
}
