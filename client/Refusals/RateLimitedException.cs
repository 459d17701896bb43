using System.Net;

namespace Donmai.Client;

/// <summary>429: too many requests (control-api.md §1.6).</summary>
public sealed class RateLimitedException : ControlApiException
{
    internal RateLimitedException(string message)
        : base(HttpStatusCode.TooManyRequests, message)
    {
    }
}
