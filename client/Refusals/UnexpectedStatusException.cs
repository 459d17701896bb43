using System.Net;

namespace Donmai.Client;

/// <summary>A status that no other type stands for, e.g. 405 or 413 (control-api.md §1.6).</summary>
public sealed class UnexpectedStatusException : ControlApiException
{
    internal UnexpectedStatusException(HttpStatusCode status, string message)
        : base(status, message)
    {
    }
}
