namespace Donmai.Daemon;

/// <summary>The state of the daemon does not allow the action: 409 in the shape of the action routes (control-api.md §3, §4.5).</summary>
[GenerateSerializer, Alias("donmai.DaemonActionRefusedException")]
public sealed class DaemonActionRefusedException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What cannot be done, and why.</param>
    public DaemonActionRefusedException(string message)
        : base(message)
    {
    }
}
