using Donmai.Core.Sessions.Limits;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>Says what holds sessions to their limits here. Less than control groups is no failure: there may be nothing anybody could do about it.</summary>
internal sealed class LimitsCheck(SessionLimits limits) : IDoctorCheck
{
    public string Name => "limits";

    public Task<CheckOutcome> Look(CancellationToken cancellationToken)
    {
        var enforcement = limits.Enforcement;
        var obstacle = enforcement.Obstacle is { } why ? $"; no control groups: {why}" : "";
        return Task.FromResult(CheckOutcome.Well($"memory {enforcement.Memory}; processors {enforcement.Cpu}{obstacle}"));
    }
}
