using System.Net;

namespace Donmai.Client;

/// <summary>404: there is no such thing (control-api.md §1.6).</summary>
public sealed class NotFoundException : ControlApiException
{
    internal NotFoundException(string message)
        : base(HttpStatusCode.NotFound, message)
    {
    }
}
