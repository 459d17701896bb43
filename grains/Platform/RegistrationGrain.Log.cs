using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

internal sealed partial class RegistrationGrain
{
    [LoggerMessage(EventId = 2701, Level = LogLevel.Information, Message = "The registration is {Mode}, {State}. {Why}")]
    private partial void Decided(string mode, string state, string why);

    [LoggerMessage(EventId = 2702, Level = LogLevel.Warning, Message = "[runtime-token] {Event} path={Path} reason={Reason} status={Status}")]
    private partial void Rejected(string path, string reason, int status, string @event = "auth-failure-detected");

    [LoggerMessage(EventId = 2703, Level = LogLevel.Information, Message = "[runtime-token] {Event} worker={WorkerId} reason={Reason}")]
    private partial void RefreshRequested(string workerId, string reason, string @event = "refresh-requested");

    [LoggerMessage(EventId = 2704, Level = LogLevel.Information, Message = "[runtime-token] {Event} worker={WorkerId}")]
    private partial void Refreshed(string workerId, string @event = "refresh");

    [LoggerMessage(EventId = 2705, Level = LogLevel.Warning, Message = "[runtime-token] {Event} worker={WorkerId} error={Error}")]
    private partial void NotRefreshed(string workerId, string error, string @event = "refresh.error");

    [LoggerMessage(EventId = 2706, Level = LogLevel.Warning, Message = "[runtime-token] {Event} worker={WorkerId} status={Status}")]
    private partial void NoRefresh(string workerId, int status, string @event = "refresh.unavailable");

    [LoggerMessage(EventId = 2707, Level = LogLevel.Information, Message = "[runtime-token] {Event} path={Path} worker={WorkerId}")]
    private partial void Coalesced(string path, string workerId, string @event = "refresh.coalesced");

    [LoggerMessage(EventId = 2708, Level = LogLevel.Information, Message = "[runtime-token] {Event} worker={WorkerId}")]
    private partial void AdoptedSibling(string workerId, string @event = "refresh.adopted-sibling");

    [LoggerMessage(EventId = 2709, Level = LogLevel.Information, Message = "[runtime-token] {Event} formerWorker={FormerWorkerId} worker={WorkerId}")]
    private partial void Registered(string formerWorkerId, string workerId, string @event = "reregister");

    [LoggerMessage(EventId = 2710, Level = LogLevel.Warning, Message = "[runtime-token] {Event} formerWorker={FormerWorkerId} error={Error}")]
    private partial void NotRegistered(string formerWorkerId, string error, string @event = "reregister.error");

    [LoggerMessage(EventId = 2711, Level = LogLevel.Warning, Message = "[runtime-token] {Event}")]
    private partial void Throttled(string @event = "reregister.throttled");

    [LoggerMessage(EventId = 2712, Level = LogLevel.Information, Message = "The registration was wiped, as a person has asked")]
    private partial void Forgotten();
}
