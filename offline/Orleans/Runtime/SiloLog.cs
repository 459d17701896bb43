using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>What a silo reports.</summary>
internal sealed partial class SiloLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "Silo {Name} runs on the stand-in engine {Engine}, gateway {Gateway}, {Classes} grain classes")]
    public partial void Started(string name, string engine, string gateway, int classes);

    [LoggerMessage(2, LogLevel.Information, "Silo {Name} has stopped")]
    public partial void Stopped(string name);

    [LoggerMessage(3, LogLevel.Error, "Grain {GrainId} could not start")]
    public partial void ActivationFailed(Exception exception, GrainId grainId);

    [LoggerMessage(4, LogLevel.Error, "Grain {GrainId} failed while it was ending")]
    public partial void DeactivationFailed(Exception exception, GrainId grainId);

    [LoggerMessage(5, LogLevel.Warning, "One-way call {Method} of grain {GrainId} failed")]
    public partial void OneWayFailed(Exception exception, string method, GrainId grainId);

    [LoggerMessage(6, LogLevel.Warning, "A timer of grain {GrainId} failed; it goes on")]
    public partial void TimerFailed(Exception exception, GrainId grainId);

    [LoggerMessage(7, LogLevel.Warning, "Reminder {Reminder} of grain {GrainId} failed; the next tick comes as planned")]
    public partial void ReminderFailed(Exception exception, string reminder, GrainId grainId);

    [LoggerMessage(8, LogLevel.Warning, "The connection of client {Client} ended")]
    public partial void ClientFailed(Exception exception, string client);

    [LoggerMessage(9, LogLevel.Warning, "A result sequence of grain {GrainId} failed while it was ending")]
    public partial void StreamFailed(Exception exception, GrainId grainId);

    [LoggerMessage(11, LogLevel.Warning, "What grain {GrainId} does when a call is cancelled failed")]
    public partial void CancellationFailed(Exception exception, GrainId grainId);

    [LoggerMessage(12, LogLevel.Warning, "Refused client {Client}: it belongs to another user of this machine")]
    public partial void ClientRefused(string client);

    [LoggerMessage(10, LogLevel.Warning, "Not every grain has ended in time")]
    public partial void ShutdownCutShort(Exception exception);
}
