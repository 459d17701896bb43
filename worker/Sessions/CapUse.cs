using System.Globalization;

namespace Donmai.Worker.Sessions;

/// <summary>How much of one cap of a stage is used (worker.md §7.5).</summary>
/// <param name="Cap">Name of the cap.</param>
/// <param name="Reason"><see cref="ExitReason"/> of a breach.</param>
/// <param name="Amount">What was used.</param>
/// <param name="Most">The cap; 0 for none.</param>
/// <param name="Unit">Unit of both, as it is shown.</param>
internal sealed record CapUse(string Cap, string Reason, double Amount, double Most, string Unit = "")
{
    /// <summary>Time is over when it is reached; of everything else as much as the cap may be used.</summary>
    public bool IsOverWhenReached { get; init; }

    /// <summary>Whether more was used than allowed.</summary>
    public bool IsOver => IsOverWhenReached ? Amount >= Most : Amount > Most;

    /// <summary>The used part of the cap.</summary>
    public double Share => Amount / Most;

    /// <summary>What was used, in words.</summary>
    public string Observed => Words(Amount);

    /// <summary>The cap, in words.</summary>
    public string Limit => Words(Most);

    /// <summary>The breach of this cap.</summary>
    public StageBreach ToBreach() => new(Cap, Reason, $"{Cap} exceeded: observed={Observed} limit={Limit}");

    private string Words(double amount) => amount.ToString("0.######", CultureInfo.InvariantCulture) + Unit;
}
