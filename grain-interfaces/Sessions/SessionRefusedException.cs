namespace Donmai.Sessions;

/// <summary>A session was not accepted (control-api.md §4.9): 400.</summary>
[GenerateSerializer, Alias("donmai.SessionRefusedException")]
public sealed class SessionRefusedException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public SessionRefusedException(string message)
        : base(message)
    {
    }
}
