using Microsoft.AspNetCore.Http;

namespace Donmai.Silo.Gateway;

/// <summary>What a route answers while there are no grains yet (control-api.md §5). A route without it waits for them.</summary>
/// <param name="Answer">Makes the answer, or throws the refusal.</param>
internal sealed record WhileStarting(Func<HttpContext, IResult> Answer)
{
    /// <summary>The step that gives such answers.</summary>
    /// <param name="next">The rest of the way.</param>
    /// <param name="door">The way to the grains.</param>
    public static RequestDelegate Step(RequestDelegate next, GrainDoor door) => context =>
        door.IsOpen ? next(context)
        : context.GetEndpoint()?.Metadata.GetMetadata<WhileStarting>() is { } early ? early.Answer(context).ExecuteAsync(context)
        : Later(context, next, door);

    private static async Task Later(HttpContext context, RequestDelegate next, GrainDoor door)
    {
        await door.Opened(context.RequestAborted);
        await next(context);
    }
}
