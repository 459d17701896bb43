namespace Donmai.Daemon;

/// <summary>A setting could not be written into <c>daemon.yaml</c>, so nothing was changed: 500 in the shape of the capacity route (control-api.md §4.6).</summary>
[GenerateSerializer, Alias("donmai.CapacityNotWrittenException")]
public sealed class CapacityNotWrittenException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="change">What was asked for.</param>
    /// <param name="message">Why it could not be written.</param>
    public CapacityNotWrittenException(CapacityChange change, string message)
        : base(message)
    {
        Change = change;
    }

    /// <summary>What was asked for.</summary>
    [Id(0)] public CapacityChange Change { get; private set; }
}
