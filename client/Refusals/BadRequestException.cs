using System.Net;

namespace Donmai.Client;

/// <summary>400: the request is not usable, or the daemon refuses the work (control-api.md §1.6).</summary>
public sealed class BadRequestException : ControlApiException
{
    internal BadRequestException(string message)
        : base(HttpStatusCode.BadRequest, message)
    {
    }
}
