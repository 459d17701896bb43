using System.Text.Json.Nodes;
using Donmai.FakePlatform.Requests;
using Donmai.FakePlatform.Workers;
using Microsoft.AspNetCore.Http.Features;

namespace Donmai.FakePlatform;

/// <summary>What routes read of a request, and how they answer it.</summary>
internal static class Exchange
{
    /// <summary>Who calls, as the log has recognised it.</summary>
    public static Credential Credential(this HttpContext context) => context.Features.GetRequiredFeature<ReceivedBody>().Credential;

    /// <summary>The whole body, as it arrived.</summary>
    public static byte[] RawBody(this HttpContext context) => context.Features.GetRequiredFeature<ReceivedBody>().Bytes;

    /// <summary>The body as an object of this protocol.</summary>
    public static JsonBody Body(this HttpContext context) => JsonBody.Parse(context.RawBody());

    /// <summary>The <c>{id}</c> of the path, which is its third part: read from what was sent, for a server leaves an encoded slash as it is.</summary>
    public static string Id(this HttpContext context) => Uri.UnescapeDataString(context.RawPath().Split('/')[3]);

    /// <summary>The path as it was sent, percent-encoded.</summary>
    public static string RawPath(this HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];

    /// <summary>A part of the path.</summary>
    public static string Value(this HttpContext context, string name) => (string)context.GetRouteValue(name)!;

    /// <summary>What the caller calls this request by; another one by the same name is a repetition.</summary>
    public static string? IdempotencyKey(this HttpContext context) =>
        context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null;

    /// <summary>Answers with JSON.</summary>
    public static Task Reply(this HttpContext context, JsonNode answer, int status = StatusCodes.Status200OK) =>
        context.ReplyText(answer.ToJsonString(), "application/json", status);

    /// <summary>Answers with text.</summary>
    public static Task ReplyText(this HttpContext context, string text, string contentType, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>Answers with <c>{"error": …}</c>.</summary>
    public static Task Refuse(this HttpContext context, int status, string message) => context.Reply(new JsonObject { ["error"] = message }, status);
}
