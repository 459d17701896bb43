using System.Net;

namespace Donmai.Client;

/// <summary>500 and above, except 503: the daemon failed (control-api.md §1.6).</summary>
public sealed class ServerErrorException : ControlApiException
{
    internal ServerErrorException(HttpStatusCode status, string message)
        : base(status, message)
    {
    }
}
