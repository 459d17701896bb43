namespace Donmai.Core.Daemon.Doctor;

/// <summary>One thing that the daemon depends on (control-api.md §4.13).</summary>
public interface IDoctorCheck
{
    /// <summary>Its name, one of <see cref="DoctorRound"/>'s lists or the caller's own.</summary>
    string Name { get; }

    /// <summary>Looks. May block its thread; whoever asks limits the time.</summary>
    /// <param name="cancellationToken">The time is over.</param>
    Task<CheckOutcome> Look(CancellationToken cancellationToken);
}
