namespace Donmai.Sessions;

/// <summary>No such session: 404 with the id echoed.</summary>
[GenerateSerializer, Alias("donmai.SessionNotFoundException")]
public sealed class SessionNotFoundException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="sessionId">The id as it was given.</param>
    public SessionNotFoundException(string sessionId)
        : base("session not found")
    {
        SessionId = sessionId;
    }

    /// <summary>The id as it was given.</summary>
    [Id(0)] public string SessionId { get; private set; }
}
