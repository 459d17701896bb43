using Donmai.Silo.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Gateway;

/// <summary>The step around all others: limits and measures the time of an answer, and turns what was thrown into one.</summary>
/// <param name="next">The rest of the way.</param>
/// <param name="metrics">What is measured.</param>
/// <param name="logger">Where defects are told.</param>
internal sealed partial class ErrorAnswers(RequestDelegate next, RequestMetrics metrics, ILogger<ErrorAnswers> logger)
{
    /// <summary>Answers the request, come what may.</summary>
    public async Task Invoke(HttpContext context)
    {
        var deadline = context.Features.GetRequiredFeature<CallerConnection>().Deadline;
        deadline.Set(context);
        var since = metrics.Begin();
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            ClientLeft(context.TraceIdentifier);
        }
        catch (Exception refusal)
        {
            await Answer(context, refusal);
        }
        finally
        {
            deadline.Clear();
            metrics.Answered(context, since);
        }
    }

    private async Task Answer(HttpContext context, Exception refusal)
    {
        var shape = RefusalShape.Of(context);
        var answer = Refusals.ToAnswer(refusal, shape);
        if (answer is null)
            Failed(refusal, context.Request.Method, context.Request.Path);
        if (context.Response.HasStarted)
            context.Abort();
        else
            await (answer ?? Refusals.InternalError(shape)).ExecuteAsync(context);
    }
}
