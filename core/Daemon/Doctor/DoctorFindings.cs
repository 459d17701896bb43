using Donmai.Daemon;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>What a round of the doctor has found.</summary>
/// <param name="Checks">The published checks, in their order (control-api.md §4.13).</param>
/// <param name="HostChecks">What else of the machine was looked at.</param>
public sealed record DoctorFindings(List<DoctorCheck> Checks, List<DoctorCheck> HostChecks)
{
    /// <summary>Whether everything is well.</summary>
    public bool IsWell => Checks.Concat(HostChecks).All(static check => check.Ok);
}
