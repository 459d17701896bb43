using System.Diagnostics;
using System.Diagnostics.Metrics;
using Donmai.Core.Daemon;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway;

/// <summary>What is measured about requests. Labels come from the routes, never from the request's own words.</summary>
internal sealed class RequestMetrics
{
    private const string Unmatched = "unmatched";
    private const string OtherMethod = "other";

    private static readonly string[] KnownMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    private static readonly string[] Statuses = [.. Enumerable.Range(0, 600).Select(static status => status.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    private readonly Counter<long> _requests;
    private readonly Histogram<double> _durations;

    /// <summary>Adds the instruments.</summary>
    public RequestMetrics(DaemonMeter meter)
    {
        _requests = meter.Meter.CreateCounter<long>("donmai.http.requests", unit: null, "Requests answered, by method, route and status");
        _durations = meter.Histogram("donmai.http.request.duration", "Time to answer a request, by route; streams count until their end", DaemonMeter.QuickBounds);
    }

    /// <summary>Whether anybody listens.</summary>
    public bool IsEnabled => _requests.Enabled || _durations.Enabled;

    /// <summary>A request was answered.</summary>
    /// <param name="context">The request.</param>
    /// <param name="since">When it came (<see cref="Stopwatch.GetTimestamp"/>).</param>
    public void Answered(HttpContext context, long since)
    {
        var labels = LabelsOf(context);
        var route = new KeyValuePair<string, object?>("route", labels.Route);
        _requests.Add(1, new("method", labels.Method), route, new("status", labels.Status));
        _durations.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, route);
    }

    /// <summary>What a request is counted by; each has few values.</summary>
    public static (string Method, string Route, string Status) LabelsOf(HttpContext context) => (
        Array.Find(KnownMethods, known => known == context.Request.Method) ?? OtherMethod,
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Unmatched,
        context.Response.StatusCode is >= 0 and < 600 and var status ? Statuses[status] : Statuses[0]);
}
