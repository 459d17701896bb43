using Donmai.Daemon;
using Microsoft.AspNetCore.Http;

namespace Donmai.Silo.Gateway;

/// <summary>What a route answers until the daemon runs (control-api.md §5). A route without it only waits for the grains.</summary>
/// <param name="Answer">
/// Makes the answer, or throws the refusal; knows how far the start has come. <see langword="null"/> leaves the answer to the grains.
/// </param>
internal sealed record WhileStarting(Func<HttpContext, DaemonState, IResult?> Answer)
{
    /// <summary>The step that gives such answers.</summary>
    /// <param name="next">The rest of the way.</param>
    /// <param name="door">The way to the grains.</param>
    public static RequestDelegate Step(RequestDelegate next, GrainDoor door) => context =>
        door.State is DaemonState.Running ? next(context)
        : context.GetEndpoint()?.Metadata.GetMetadata<WhileStarting>()?.Answer(context, door.State) is { } early ? early.ExecuteAsync(context)
        : Later(context, next, door);

    private static async Task Later(HttpContext context, RequestDelegate next, GrainDoor door)
    {
        await door.WithGrains(context.RequestAborted);
        await next(context);
    }
}
