using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Donmai.Silo.Gateway.Sessions;

/// <summary>
/// A session's log as plain text, to its end or as it is written. It ends when the session has ended; a stream that breaks off for another
/// reason is cut, so that nobody takes that for the end.
/// </summary>
/// <param name="lines">Starts to read; the token ends it.</param>
internal sealed class LogStream(Func<CancellationToken, IAsyncEnumerable<string>> lines) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        httpContext.Response.ContentType = "text/plain; charset=utf-8";
        httpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            await EventStream.Flush(httpContext, ended.Token); // until the first line may be a long time, which does not count
            await foreach (var piece in lines(ended.Token))
            {
                httpContext.Response.BodyWriter.Write(Encoding.UTF8.GetBytes(piece));
                await EventStream.Flush(httpContext, ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            httpContext.Abort();
        }
    }
}
