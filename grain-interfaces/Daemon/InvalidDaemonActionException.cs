namespace Donmai.Daemon;

/// <summary>The request for an action is not usable: 400 in the shape of the action routes (control-api.md §4.4).</summary>
[GenerateSerializer, Alias("donmai.InvalidDaemonActionException")]
public sealed class InvalidDaemonActionException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What is wrong.</param>
    public InvalidDaemonActionException(string message)
        : base(message)
    {
    }
}
