using System.Diagnostics;
using Donmai.Core.Sessions;
using Microsoft.AspNetCore.Http;

namespace Donmai.Silo.Gateway;

/// <summary>
/// Makes steps of a trace of requests that change something or that come with a trace. It costs nothing while nobody wants to know.
/// </summary>
/// <param name="next">The rest of the way.</param>
internal sealed class RequestObservation(RequestDelegate next)
{
    /// <summary>The trace that a request belongs to: the step that serves it, else the one it came with.</summary>
    public static string? TraceParentOf(HttpRequest request) => SessionTrace.WordsNow() ?? HeaderOf(request);

    /// <summary>Passes the request on.</summary>
    public Task Invoke(HttpContext context) => SessionTrace.IsListenedTo && IsTraced(context.Request) ? Trace(context) : next(context);

    private static bool IsTraced(HttpRequest request) => !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || HeaderOf(request) is not null;

    private static string? HeaderOf(HttpRequest request) => request.Headers.TraceParent is [{ Length: > 0 } header] ? header : null;

    private async Task Trace(HttpContext context)
    {
        using var step = SessionTrace.Begin("request", HeaderOf(context.Request), kind: ActivityKind.Server);
        await next(context);
        var (method, route, status) = RequestMetrics.LabelsOf(context);
        step.DisplayName = $"{method} {route}";
        step.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            step.SetStatus(ActivityStatusCode.Error, status);
    }
}
