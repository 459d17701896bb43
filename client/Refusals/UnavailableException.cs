using System.Net;

namespace Donmai.Client;

/// <summary>503: not now; try again (control-api.md §1.6).</summary>
public sealed class UnavailableException : ControlApiException
{
    internal UnavailableException(string message)
        : base(HttpStatusCode.ServiceUnavailable, message)
    {
    }
}
