using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Donmai.Silo.Access;
using Donmai.Silo.Gateway.Sessions;
using Donmai.Workareas;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Gateway.Workareas;

/// <summary>
/// A difference as an answer (workareas.md §6.5): one piece of JSON when it has no more entries than the threshold, otherwise one line for
/// each as they are found, and the summary, or why there is none, in the last. Only a reader that takes nothing for
/// <see cref="ResponseDeadline.Limit"/> is cut: how long the trees take to read does not count.
/// </summary>
/// <param name="pages">Starts the work; the token ends it.</param>
/// <param name="threshold">Most entries of an answer in one piece; none or less stands for 1000.</param>
internal sealed partial class WorkareaDiffStream(Func<CancellationToken, IAsyncEnumerable<WorkareaDiffPage>> pages, int threshold) : IResult
{
    private const int DefaultThreshold = 1000;

    private readonly int _threshold = threshold > 0 ? threshold : DefaultThreshold;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var deadline = httpContext.Features.GetRequiredFeature<CallerConnection>().Deadline;
        deadline.Clear();
        try
        {
            await using var source = pages(ended.Token).GetAsyncEnumerator(ended.Token);
            var first = new List<WorkareaDifference>();
            if (await UpToThreshold(source, first) is not { } summary)
            {
                await InLines(source, first, httpContext, ended.Token);
                return;
            }

            deadline.Set(httpContext);
            await InOnePiece(first, summary).ExecuteAsync(httpContext);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            httpContext.Abort();
        }
    }

    /// <summary>Collects entries until there is one too many; the summary when there is not.</summary>
    private async Task<WorkareaDiffSummary?> UpToThreshold(IAsyncEnumerator<WorkareaDiffPage> source, List<WorkareaDifference> entries)
    {
        while (entries.Count <= _threshold)
        {
            var page = await Next(source);
            if (page.Summary is not null)
                return page.Summary;
            entries.AddRange(page.Entries);
        }

        return null;
    }

    private static JsonAnswer<WorkareaDiffAnswer> InOnePiece(List<WorkareaDifference> entries, WorkareaDiffSummary summary) =>
        new(new() { Diff = new() { Summary = summary, Entries = entries } }, GatewayJson.Context.WorkareaDiffAnswer);

    private static async Task InLines(
        IAsyncEnumerator<WorkareaDiffPage> source, List<WorkareaDifference> first, HttpContext context, CancellationToken ended)
    {
        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.CacheControl = "no-store";
        var page = new WorkareaDiffPage { Entries = first };
        try
        {
            while (page.Summary is null)
            {
                foreach (var entry in page.Entries)
                    WriteLine(context.Response.BodyWriter, JsonSerializer.SerializeToUtf8Bytes(entry, GatewayJson.Context.WorkareaDifference));
                await EventStream.Flush(context, ended);
                page = await Next(source);
            }

            WriteEnd(context, new() { Summary = page.Summary });
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ended.IsCancellationRequested)
        {
            BrokeOff(context.RequestServices.GetRequiredService<ILogger<WorkareaDiffStream>>(), failure, context.Request.Path);
            WriteEnd(context, new() { Error = Refusals.WordsFor(failure) });
        }

        await EventStream.Flush(context, ended);
    }

    private static async Task<WorkareaDiffPage> Next(IAsyncEnumerator<WorkareaDiffPage> source) =>
        await source.MoveNextAsync() ? source.Current : throw new InvalidOperationException("The difference ended without its summary.");

    private static void WriteEnd(HttpContext context, WorkareaDiffEnd end) =>
        WriteLine(context.Response.BodyWriter, JsonSerializer.SerializeToUtf8Bytes(end, GatewayJson.Context.WorkareaDiffEnd));

    private static void WriteLine(PipeWriter body, byte[] json)
    {
        body.Write(json);
        body.Write("\n"u8);
    }
}
