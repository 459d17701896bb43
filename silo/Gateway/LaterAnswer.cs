using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Donmai.Silo.Gateway;

/// <summary>A refusal that says when to try again (workareas.md §5).</summary>
/// <param name="answer">The refusal.</param>
/// <param name="wait">How long to wait; told in whole seconds, rounded up, at least 1.</param>
internal sealed class LaterAnswer(IResult answer, TimeSpan wait) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return answer.ExecuteAsync(httpContext);
    }
}
