namespace Donmai.Sessions;

/// <summary>A request for a session has a member that is not usable: 400.</summary>
[GenerateSerializer, Alias("donmai.InvalidSessionSpecException")]
public sealed class InvalidSessionSpecException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public InvalidSessionSpecException(string message)
        : base(message)
    {
    }
}
