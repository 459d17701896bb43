using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Donmai.Sessions.Events;
using Donmai.Silo.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Donmai.Silo.Gateway.Sessions;

/// <summary>
/// A session's events as they come: one JSON object a line, or server-sent events for a client that accepts them. It ends when the
/// session has ended; a stream that breaks off for another reason is cut, so that nobody takes that for the end. A reader that takes
/// nothing for <see cref="ResponseDeadline.Limit"/> is cut as well; an idle stream gets a sign of life.
/// </summary>
/// <param name="events">Starts to read; the token ends it.</param>
internal sealed class EventStream(Func<CancellationToken, IAsyncEnumerable<AgentEvent>> events) : IResult
{
    private const string ServerSentEvents = "text/event-stream";
    private const int FlushAt = 16 * 1024;

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    /// <summary>A daemon that has waited for its sessions stops with the end of the last one, whose stream is to end, not to be cut.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted);
        await using var cut = stopping.Register(() => ended.CancelAfter(LastWords));
        var forBrowser = httpContext.Request.Headers.Accept.Any(static accept => accept?.Contains(ServerSentEvents, StringComparison.OrdinalIgnoreCase) is true);
        httpContext.Response.ContentType = forBrowser ? ServerSentEvents : "application/x-ndjson";
        httpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            await Write(httpContext, forBrowser, ended.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            httpContext.Abort();
        }
    }

    private async Task Write(HttpContext context, bool forBrowser, CancellationToken ended)
    {
        await context.Response.StartAsync(ended);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(ended);
        await using var source = events(reading.Token).GetAsyncEnumerator(reading.Token);
        var next = source.MoveNextAsync().AsTask();
        try
        {
            while (await Next(next, context, forBrowser, ended))
            {
                Write(context.Response.BodyWriter, source.Current, forBrowser);
                next = source.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            await reading.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (forBrowser)
            context.Response.BodyWriter.Write("event: end\ndata: {}\n\n"u8);
        await Flush(context, ended);
    }

    /// <summary>Waits for the next event. What was written is sent before waiting, so that nothing is held back and a replay goes in large pieces.</summary>
    private static async Task<bool> Next(Task<bool> next, HttpContext context, bool forBrowser, CancellationToken ended)
    {
        if (!next.IsCompleted || context.Response.BodyWriter.UnflushedBytes >= FlushAt)
            await Flush(context, ended);
        while (!await Arrives(next, context.RequestServices.GetRequiredService<TimeProvider>(), ended))
        {
            context.Response.BodyWriter.Write(forBrowser ? ": alive\n\n"u8 : "\n"u8);
            await Flush(context, ended);
        }

        return await next;
    }

    private static void Write(PipeWriter body, AgentEvent @event, bool forBrowser)
    {
        if (forBrowser)
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {@event.Seq}\ndata: "), body);
        body.Write(JsonSerializer.SerializeToUtf8Bytes(@event, GatewayJson.Context.AgentEvent));
        body.Write(forBrowser ? "\n\n"u8 : "\n"u8);
    }

    private static async Task<bool> Arrives(Task next, TimeProvider time, CancellationToken ended)
    {
        if (next.IsCompleted)
            return true;
        using var given = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var first = await Task.WhenAny(next, Task.Delay(SignOfLife, time, given.Token));
        await given.CancelAsync();
        return first == next || ended.IsCancellationRequested;
    }

    /// <summary>The time to wait for the next event does not count; the time a reader takes to take it does (control-api.md §1.3).</summary>
    internal static async Task Flush(HttpContext context, CancellationToken ended)
    {
        var deadline = context.Features.GetRequiredFeature<CallerConnection>().Deadline;
        deadline.Set(context);
        await context.Response.BodyWriter.FlushAsync(ended);
        deadline.Clear();
    }
}
