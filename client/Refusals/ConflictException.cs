using System.Net;

namespace Donmai.Client;

/// <summary>409: the request does not fit the state of things (control-api.md §1.6).</summary>
public sealed class ConflictException : ControlApiException
{
    internal ConflictException(string message)
        : base(HttpStatusCode.Conflict, message)
    {
    }
}
