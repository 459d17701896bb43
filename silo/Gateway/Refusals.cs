using Donmai.Routing;
using Donmai.Sessions;
using Donmai.Silo.Gateway.Sessions;
using Donmai.Silo.Storage;
using Donmai.Workareas;
using Microsoft.AspNetCore.Http;

namespace Donmai.Silo.Gateway;

/// <summary>The one place where a refusal becomes a status code and a body (architecture.md §7, control-api.md §1.6).</summary>
internal static class Refusals
{
    /// <summary>The answer to <paramref name="refusal"/>; <see langword="null"/> when it is no refusal but a defect.</summary>
    public static JsonAnswer<ErrorBody>? ToAnswer(Exception refusal) => refusal switch
    {
        SessionNotFoundException unknown => Of(StatusCodes.Status404NotFound, new ErrorBody { Error = unknown.Message, SessionId = unknown.SessionId }),
        RoutingDecisionNotFoundException unknown => Of(StatusCodes.Status404NotFound, new ErrorBody { Error = unknown.Message, SessionId = unknown.SessionId }),
        WorkareaNotFoundException unknown => Of(StatusCodes.Status404NotFound, new ErrorBody { Error = unknown.Message, WorkareaId = unknown.WorkareaId }),
        SessionAlreadyActiveException live => Of(StatusCodes.Status409Conflict, new ErrorBody { Error = live.Message, SessionId = live.SessionId }),
        InvalidSessionSpecException or SessionRefusedException or ArchiveCorruptedException or MalformedBodyException
            or InvalidEventPositionException =>
            Of(StatusCodes.Status400BadRequest, refusal.Message),
        BodyTooLargeException => Of(StatusCodes.Status413PayloadTooLarge, refusal.Message),
        BadHttpRequestException bad => Of(bad.StatusCode, bad.Message),
        JournalWriteException or { InnerException: JournalWriteException } =>
            Of(StatusCodes.Status507InsufficientStorage, (refusal as JournalWriteException ?? refusal.InnerException)!.Message),
        TimeoutException => Of(StatusCodes.Status503ServiceUnavailable, "the daemon is too busy to answer; try again"),
        _ => null,
    };

    /// <summary>The path is not one of the control API's.</summary>
    public static JsonAnswer<ErrorBody> UnknownPath() => Of(StatusCodes.Status404NotFound, "not found");

    /// <summary>The path is known, the method is not one of its methods.</summary>
    public static JsonAnswer<ErrorBody> WrongMethod() => Of(StatusCodes.Status405MethodNotAllowed, "method not allowed");

    /// <summary>The request comes from where it must not come from (control-api.md §1.2).</summary>
    public static JsonAnswer<ErrorBody> Forbidden(string what) => Of(StatusCodes.Status403Forbidden, "forbidden " + what);

    /// <summary>The caller has to show the control token (control-api.md §1.2).</summary>
    public static JsonAnswer<ErrorBody> TokenRequired() => Of(StatusCodes.Status401Unauthorized, "control token required");

    /// <summary>A defect of the product; what it is stands in the log only.</summary>
    public static JsonAnswer<ErrorBody> InternalError() => Of(StatusCodes.Status500InternalServerError, "internal error; the daemon's log says more");

    private static JsonAnswer<ErrorBody> Of(int status, string error) => Of(status, new ErrorBody { Error = error });

    private static JsonAnswer<ErrorBody> Of(int status, ErrorBody body) => new(body, GatewayJson.Context.ErrorBody, status);
}
