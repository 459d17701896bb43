using System.Net;

namespace Donmai.Client;

/// <summary>The daemon answered with a refusal. The message is the <c>error</c> of its answer (control-api.md §1.6).</summary>
public abstract class ControlApiException : DonmaiClientException
{
    private protected ControlApiException(HttpStatusCode status, string message)
        : base(message)
    {
        Status = status;
    }

    /// <summary>Status code of the answer.</summary>
    public HttpStatusCode Status { get; }
}
