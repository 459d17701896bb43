namespace Donmai.Sessions;

/// <summary>A session of that id is live: 409 with the id echoed.</summary>
[GenerateSerializer, Alias("donmai.SessionAlreadyActiveException")]
public sealed class SessionAlreadyActiveException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="sessionId">The id as it was given.</param>
    public SessionAlreadyActiveException(string sessionId)
        : base("session already active")
    {
        SessionId = sessionId;
    }

    /// <summary>The id as it was given.</summary>
    [Id(0)] public string SessionId { get; private set; }
}
