using System.Globalization;
using System.Text;
using Donmai.FakePlatform.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace Donmai.FakePlatform.Faults;

/// <summary>Lets requests through, or lets them go wrong.</summary>
internal sealed class FaultGate(FaultScript script, RequestLog log, PlatformClock clock)
{
    private const string Unfinished = "{\"work\":[{\"sessionId\":";

    public Task Pass(HttpContext context, RequestDelegate next)
    {
        if (script.Next(context.Request.Method, context.Request.Path) is not { } fault)
            return next(context);
        var number = context.Features.GetRequiredFeature<RequestNumber>().Value;
        log.Change(number, request => request with { Fault = fault.Kind.ToString() });
        return Strike(context, next, fault);
    }

    private async Task Strike(HttpContext context, RequestDelegate next, Fault fault)
    {
        if (fault.After)
            await Answer(context, next);
        switch (fault.Kind)
        {
            case FaultKind.Status:
                if (fault.RetryAfterSeconds is { } seconds)
                    context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                await context.ReplyText(fault.Body ?? "{\"error\":\"a scripted fault\"}", "application/json", fault.Status);
                break;
            case FaultKind.Drop:
                context.Abort();
                break;
            case FaultKind.Delay:
                await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), clock, context.RequestAborted);
                await next(context);
                break;
            case FaultKind.Stall:
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, context.RequestAborted);
                break;
            case FaultKind.Garbage:
                await context.ReplyText(fault.Body ?? Unfinished, "application/json");
                break;
            case FaultKind.Truncated:
                context.Response.ContentLength = 4096;
                await context.ReplyText(Unfinished, "application/json");
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                break;
            case FaultKind.Redirect:
                context.Response.Headers.Location = fault.Location;
                context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                break;
            case FaultKind.Huge:
                await WriteHuge(context, fault.Bytes);
                break;
            case FaultKind.Slow:
                await WriteSlowly(context, await Answer(context, next), TimeSpan.FromMilliseconds(fault.DelayMs));
                break;
            default:
                throw new InvalidOperationException($"unknown fault {fault.Kind}");
        }
    }

    /// <summary>Carries the request out and returns the body of its answer instead of sending it.</summary>
    private static async Task<byte[]> Answer(HttpContext context, RequestDelegate next)
    {
        var sent = context.Response.Body;
        using var kept = new MemoryStream();
        context.Response.Body = kept;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = sent;
        }

        return kept.ToArray();
    }

    private static async Task WriteHuge(HttpContext context, long bytes)
    {
        var filling = new byte[64 << 10];
        filling.AsSpan().Fill((byte)'x');
        var (head, tail) = (Encoding.ASCII.GetBytes("{\"filling\":\""), Encoding.ASCII.GetBytes("\"}"));
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(head, context.RequestAborted);
        for (var left = bytes - head.Length - tail.Length; left > 0; left -= filling.Length)
            await context.Response.Body.WriteAsync(filling.AsMemory(0, (int)Math.Min(left, filling.Length)), context.RequestAborted);
        await context.Response.Body.WriteAsync(tail, context.RequestAborted);
    }

    private async Task WriteSlowly(HttpContext context, byte[] answer, TimeSpan pause)
    {
        for (var i = 0; i < answer.Length; i++)
        {
            await context.Response.Body.WriteAsync(answer.AsMemory(i, 1), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(pause, clock, context.RequestAborted);
        }
    }
}
