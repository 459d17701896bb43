namespace Donmai.Core.Daemon.Doctor;

/// <summary>What a check has found.</summary>
/// <param name="Ok">Whether it is well.</param>
/// <param name="Detail">What was found, in words; for a failure also what to do.</param>
public sealed record CheckOutcome(bool Ok, string Detail)
{
    /// <summary>It is well.</summary>
    public static CheckOutcome Well(string detail) => new(Ok: true, detail);

    /// <summary>It is not.</summary>
    public static CheckOutcome Bad(string detail) => new(Ok: false, detail);
}
