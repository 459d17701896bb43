using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

internal sealed partial class RemoteChanges
{
    [LoggerMessage(EventId = 2731, Level = LogLevel.Information, Message = "{Op} was applied as the platform has asked (mutation {MutationId}, requested by {RequestedBy})")]
    private partial void IsApplied(string op, string mutationId, string requestedBy);

    [LoggerMessage(EventId = 2732, Level = LogLevel.Warning, Message = "{Op}, which the platform has asked for (mutation {MutationId}), was not applied: {Reason}")]
    private partial void IsRefused(string op, string mutationId, string reason);

    [LoggerMessage(EventId = 2733, Level = LogLevel.Warning, Message = "The platform has asked for \"{Op}\" without the id of a mutation; nothing was done")]
    private partial void WithoutId(string op);
}
