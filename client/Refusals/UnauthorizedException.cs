using System.Net;

namespace Donmai.Client;

/// <summary>403: this user, host or origin may not do that (control-api.md §1.6).</summary>
public sealed class UnauthorizedException : ControlApiException
{
    internal UnauthorizedException(string message)
        : base(HttpStatusCode.Forbidden, message)
    {
    }
}
