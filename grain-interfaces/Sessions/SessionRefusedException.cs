namespace Donmai.Sessions;

/// <summary>A session was not accepted (control-api.md §4.9): 400.</summary>
[GenerateSerializer, Alias("donmai.SessionRefusedException")]
public sealed class SessionRefusedException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="reason">The kind of refusal (<see cref="RefusalReason"/>).</param>
    public SessionRefusedException(string message, string reason = RefusalReason.NotAccepting)
        : base(message)
    {
        Reason = reason;
    }

    /// <summary>The kind of refusal (<see cref="RefusalReason"/>).</summary>
    [Id(0)] public string Reason { get; private set; }
}
