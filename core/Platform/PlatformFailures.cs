using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Polly.Timeout;

namespace Donmai.Core.Platform;

/// <summary>Says for people why no usable answer came.</summary>
internal static class PlatformFailures
{
    /// <summary>The place of an orchestrator as it is shown: without path, user and password.</summary>
    public static string Place(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Explains a failure of the transport; <see langword="null"/> when it is none.</summary>
    public static PlatformAttemptException? Explain(PlatformCall call, Uri address, Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            if (cause is HttpRequestException or IOException or OperationCanceledException)
                return new PlatformAttemptException(Sentence(call, address, cause), failure);
        return null;
    }

    /// <summary>Says that an answer took too long.</summary>
    public static PlatformAttemptException Late(PlatformCall call, Uri? address, TimeoutRejectedException late) => new(
        string.Create(CultureInfo.InvariantCulture, $"{(address is null ? "the orchestrator" : Place(address))} did not answer {call.Name} within {late.Timeout.TotalSeconds:0.###} s"),
        late);

    private static string Sentence(PlatformCall call, Uri address, Exception cause) => cause switch
    {
        _ when cause.GetBaseException() is AuthenticationException untrusted => $"{Place(address)} cannot be trusted: {untrusted.Message}",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => $"no secure connection to {Place(address)}: {Root(cause)}",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => $"the host of {Place(address)} is not known: {Root(cause)}",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => $"{Place(address)} cannot be reached: {Root(cause)}",
        _ => $"the answer of {Place(address)} to {call.Name} broke off or is no HTTP: {Root(cause)}",
    };

    private static string Root(Exception problem)
    {
        var cause = problem.GetBaseException();
        return cause is SocketException socket ? new SocketException((int)socket.SocketErrorCode).Message : cause.Message;
    }
}
