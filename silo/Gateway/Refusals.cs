using Donmai.Daemon;
using Donmai.Platform;
using Donmai.Providers;
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
    private const string Defect = "internal error; the daemon's log says more";

    /// <summary>The answer to <paramref name="refusal"/>; <see langword="null"/> when it is no refusal but a defect.</summary>
    /// <param name="refusal">What was thrown.</param>
    /// <param name="shape">Which body the route's refusals have.</param>
    public static IResult? ToAnswer(Exception refusal, RefusalShape shape) => refusal switch
    {
        CapacityRefusedException refused => RefusalShape.OfCapacity(StatusCodes.Status400BadRequest, refused.Change, refused.Message),
        CapacityNotWrittenException failed => RefusalShape.OfCapacity(StatusCodes.Status500InternalServerError, failed.Change, failed.Message),
        BodyTooLargeException => TooLarge(),
        SessionNotFoundException unknown => NotFound(shape, new ErrorBody { Error = unknown.Message, SessionId = unknown.SessionId }),
        RoutingDecisionNotFoundException unknown => NotFound(shape, new ErrorBody { Error = unknown.Message, SessionId = unknown.SessionId }),
        WorkareaNotFoundException unknown => NotFound(shape, new ErrorBody { Error = unknown.Message, WorkareaId = unknown.WorkareaId }),
        ProviderNotFoundException unknown => NotFound(shape, new ErrorBody { Error = unknown.Message, ProviderId = unknown.ProviderId }),
        OutboxItemNotFoundException unknown => NotFound(shape, new ErrorBody { Error = unknown.Message }),
        SessionAlreadyActiveException live =>
            shape.Answer(StatusCodes.Status409Conflict, new ErrorBody { Error = live.Message, SessionId = live.SessionId }),
        RestoreSaturatedException full => new LaterAnswer(Of(StatusCodes.Status503ServiceUnavailable, full.Message, shape), full.RetryAfter),
        _ => StatusOf(refusal) is { } status ? Of(status, WordsOf(refusal), shape) : null,
    };

    /// <summary>The body is longer than <see cref="RequestBody.MaximumLength"/>; the same on every route.</summary>
    public static IResult TooLarge() => Of(StatusCodes.Status413PayloadTooLarge, new BodyTooLargeException().Message);

    /// <summary>The path is not one of the control API's.</summary>
    public static IResult UnknownPath() => Of(StatusCodes.Status404NotFound, "not found");

    /// <summary>The path is known, the method is not one of its methods.</summary>
    public static IResult WrongMethod() => Of(StatusCodes.Status405MethodNotAllowed, "method not allowed");

    /// <summary>The request comes from where it must not come from (control-api.md §1.2).</summary>
    public static IResult Forbidden(string what) => Of(StatusCodes.Status403Forbidden, "forbidden " + what);

    /// <summary>The caller has to show the control token (control-api.md §1.2).</summary>
    public static IResult TokenRequired() => Of(StatusCodes.Status401Unauthorized, "control token required");

    /// <summary>A defect of the product; what it is stands in the log only.</summary>
    public static IResult InternalError(RefusalShape shape) =>
        Of(StatusCodes.Status500InternalServerError, Defect, shape);

    /// <summary>What is said of <paramref name="failure"/> where the status has been sent already.</summary>
    public static string WordsFor(Exception failure) => ToAnswer(failure, RefusalShape.Error) is null ? Defect : WordsOf(failure);

    private static int? StatusOf(Exception refusal) => refusal switch
    {
        InvalidSessionSpecException or InvalidRoutingSimulationException or SessionRefusedException or ArchiveCorruptedException or MalformedBodyException
            or InvalidEventPositionException or InvalidLogQueryException or InvalidDaemonActionException or InvalidPoolEvictionException
            or InvalidRestoreException => StatusCodes.Status400BadRequest,
        DaemonActionRefusedException or RestoreConflictException or WorkareaInUseException => StatusCodes.Status409Conflict,
        PoolEvictionFailedException or RestoreFailedException => StatusCodes.Status500InternalServerError,
        BadHttpRequestException bad => bad.StatusCode,
        JournalWriteException or { InnerException: JournalWriteException } => StatusCodes.Status507InsufficientStorage,
        TimeoutException => StatusCodes.Status503ServiceUnavailable,
        _ => null,
    };

    private static string WordsOf(Exception refusal) => refusal switch
    {
        TimeoutException => "the daemon is too busy to answer; try again",
        { InnerException: JournalWriteException journal } => journal.Message,
        _ => refusal.Message,
    };

    private static IResult NotFound(RefusalShape shape, ErrorBody body) => shape.Answer(StatusCodes.Status404NotFound, body);

    private static IResult Of(int status, string error, RefusalShape? shape = null) =>
        (shape ?? RefusalShape.Error).Answer(status, new ErrorBody { Error = error });
}
