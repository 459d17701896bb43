using Donmai.Daemon;
using Microsoft.AspNetCore.Http;

namespace Donmai.Silo.Gateway;

/// <summary>Which body the refusals of a route have (control-api.md §1.6).</summary>
/// <param name="answer">Makes the answer from the status and what is to be said.</param>
internal sealed class RefusalShape(Func<int, ErrorBody, IResult> answer)
{
    /// <summary><c>{"error": …}</c> with the keys of the kind of refusal: every route that says nothing else.</summary>
    public static RefusalShape Error { get; } = new(static (status, body) => new JsonAnswer<ErrorBody>(body, GatewayJson.Context.ErrorBody, status));

    /// <summary><c>{"ok": false, "message": …}</c>, as the action routes answer (control-api.md §4.4).</summary>
    public static RefusalShape Action { get; } = new(static (status, body) =>
        new JsonAnswer<DaemonActionAnswer>(new() { Message = body.Error }, GatewayJson.Context.DaemonActionAnswer, status));

    /// <summary><c>{"ok": false, "key": …, "value": …, "message": …}</c>, as the capacity route answers (control-api.md §4.6).</summary>
    public static RefusalShape Capacity { get; } = new(static (status, body) => OfCapacity(status, new(), body.Error));

    /// <summary>The shape that <paramref name="context"/>'s route says.</summary>
    public static RefusalShape Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RefusalShape>() ?? Error;

    /// <summary>A refused change of the capacity, with what was asked for.</summary>
    public static IResult OfCapacity(int status, CapacityChange asked, string message)
    {
        var answer = new CapacityChangeAnswer { Key = asked.Key, Value = asked.Value, Message = message };
        return new JsonAnswer<CapacityChangeAnswer>(answer, GatewayJson.Context.CapacityChangeAnswer, status);
    }

    /// <summary>The answer.</summary>
    public IResult Answer(int status, ErrorBody body) => answer(status, body);
}
