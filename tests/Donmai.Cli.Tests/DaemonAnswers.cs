using Donmai.Client.Tests;
using Donmai.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Cli.Tests;

/// <summary>Answers of a fake daemon in the shapes of the control API.</summary>
internal static class DaemonAnswers
{
    public static IResult Answer<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Text(FakeDaemon.Json(value), "application/json", statusCode: status);

    public static IResult Refusal(int status, string error) => Results.Text($$"""{"error":"{{error}}"}""", "application/json", statusCode: status);

    /// <summary>A daemon that answers the same for one path.</summary>
    public static Task<FakeDaemon> Get<T>(string path, T value) => FakeDaemon.Start(routes => routes.MapGet(path, () => Answer(value)));

    /// <summary>Serves a session's events and its inspection.</summary>
    public static void MapSession(this IEndpointRouteBuilder routes, Func<SessionInspection> session, Func<long, HttpResponse, Task> events)
    {
        routes.MapGet("/api/daemon/sessions/{id}/inspect", (string id) => Answer(session() with { SessionId = id }));
        routes.MapGet("/api/daemon/sessions/{id}/events", (long after, HttpResponse response) =>
        {
            response.ContentType = "application/x-ndjson";
            return events(after, response);
        });
    }

    public static async Task Send(this HttpResponse response, params string[] lines)
    {
        foreach (var line in lines)
            await response.WriteAsync(line);
        await response.Body.FlushAsync();
    }
}
