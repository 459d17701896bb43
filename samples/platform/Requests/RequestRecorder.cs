using System.Collections.Immutable;
using System.Text;
using Donmai.FakePlatform.Faults;
using Donmai.FakePlatform.Workers;

namespace Donmai.FakePlatform.Requests;

/// <summary>Reads each request to its end, recognises its token, and writes it into the log without that.</summary>
internal sealed class RequestRecorder(RequestLog log, WorkerDesk workers, PlatformClock clock)
{
    /// <summary>Bytes of a body that the log keeps.</summary>
    private const int KeptOfBody = 1 << 20;

    private const string Dropped = nameof(FaultKind.Drop);

    public async Task Record(HttpContext context, RequestDelegate next)
    {
        var arrivedAt = clock.GetUtcNow();
        var credential = workers.Recognise(context.Request.Headers.Authorization);
        var body = await ReadBody(context.Request);
        context.Features.Set(new ReceivedBody(body, credential));
        var number = log.Arrived(new ReceivedRequest
        {
            ArrivedAt = arrivedAt,
            Method = context.Request.Method,
            Path = context.RawPath(),
            Query = context.Request.QueryString.Value ?? "",
            Headers = Headers(context.Request.Headers, credential),
            Credential = credential,
            Body = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, KeptOfBody))),
            BodyLength = body.Length,
        });
        context.Features.Set(new RequestNumber(number));
        try
        {
            await next(context);
        }
        finally
        {
            var isGone = context.RequestAborted.IsCancellationRequested;
            var status = context.Response.StatusCode;
            log.Change(number, request => request with { Status = isGone || request.Fault == Dropped ? 0 : status, AnsweredAt = clock.GetUtcNow() });
        }
    }

    private static async Task<byte[]> ReadBody(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.ToArray();
    }

    private static ImmutableDictionary<string, string> Headers(IHeaderDictionary headers, Credential credential) =>
        headers.ToImmutableDictionary(
            static header => header.Key,
            header => header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? credential.ToString() : header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase);
}
