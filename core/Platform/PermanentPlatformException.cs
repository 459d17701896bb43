namespace Donmai.Core.Platform;

/// <summary>The orchestrator refused a call for good; the same call would be refused again (platform-api.md §11.3).</summary>
public sealed class PermanentPlatformException : PlatformException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What was refused, and the answer.</param>
    /// <param name="statusCode">Status of the answer.</param>
    /// <param name="body">Text of the answer, trimmed and cut to what the call reads of it.</param>
    public PermanentPlatformException(string message, int statusCode, string body)
        : base(message)
    {
        StatusCode = statusCode;
        Body = body;
    }

    /// <summary>Status of the answer.</summary>
    public int StatusCode { get; }

    /// <summary>Text of the answer, trimmed and cut to what the call reads of it.</summary>
    public string Body { get; }
}
