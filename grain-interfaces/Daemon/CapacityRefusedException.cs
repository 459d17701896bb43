namespace Donmai.Daemon;

/// <summary>A setting cannot be changed so: 400 in the shape of the capacity route (control-api.md §4.6).</summary>
[GenerateSerializer, Alias("donmai.CapacityRefusedException")]
public sealed class CapacityRefusedException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="change">What was asked for.</param>
    /// <param name="message">What is wrong.</param>
    public CapacityRefusedException(CapacityChange change, string message)
        : base(message)
    {
        Change = change;
    }

    /// <summary>What was asked for.</summary>
    [Id(0)] public CapacityChange Change { get; private set; }
}
