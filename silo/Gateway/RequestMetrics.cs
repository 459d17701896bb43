using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Donmai.Core.Daemon;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway;

/// <summary>What is measured about requests. Labels come from the routes, never from the request's own words.</summary>
internal sealed class RequestMetrics
{
    private const string Unmatched = "unmatched";
    private const string OtherMethod = "other";

    private static readonly string[] KnownMethods = ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"];
    private static readonly string[] Statuses = [.. Enumerable.Range(0, 600).Select(static status => status.ToString(CultureInfo.InvariantCulture))];

    private readonly Histogram<double> _durations;

    /// <summary>Adds the instruments.</summary>
    public RequestMetrics(DaemonMeter meter) => _durations = meter.Histogram(
        "donmai.http.request.duration", "Time to answer a request, by method, route and status; streams count until their end", DaemonMeter.QuickBounds);

    /// <summary>When a request came, for <see cref="Answered"/>; 0 while nobody listens.</summary>
    public long Begin() => _durations.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>A request was answered.</summary>
    /// <param name="context">The request.</param>
    /// <param name="since">When it came.</param>
    public void Answered(HttpContext context, long since)
    {
        if (since == 0)
            return;
        var (method, route, status) = LabelsOf(context);
        _durations.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, new("method", method), new("route", route), new("status", status));
    }

    /// <summary>What a request is counted by; each has few values.</summary>
    public static (string Method, string Route, string Status) LabelsOf(HttpContext context) => (
        MethodOf(context.Request.Method),
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Unmatched,
        context.Response.StatusCode is >= 0 and < 600 and var status ? Statuses[status] : Statuses[0]);

    private static string MethodOf(string method)
    {
        foreach (var known in KnownMethods)
            if (known == method)
                return known;
        return OtherMethod;
    }
}
