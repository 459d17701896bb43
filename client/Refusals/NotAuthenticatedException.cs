using System.Net;

namespace Donmai.Client;

/// <summary>401: a control token is required (control-api.md §1.6).</summary>
public sealed class NotAuthenticatedException : ControlApiException
{
    internal NotAuthenticatedException(string message)
        : base(HttpStatusCode.Unauthorized, message)
    {
    }
}
