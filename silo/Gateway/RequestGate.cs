using Donmai.Silo.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Donmai.Silo.Gateway;

/// <summary>What every request must pass before a route is looked for: who asks, from where, for which path, how much (control-api.md §1.2–§1.4).</summary>
/// <param name="next">The rest of the way.</param>
/// <param name="token">The control token.</param>
internal sealed class RequestGate(RequestDelegate next, ControlToken token)
{
    private const string Health = "/healthz";
    private const string Workareas = "/api/daemon/workareas/";

    /// <summary>Paths that exist with a slash at their end, where the identifier is empty.</summary>
    private static readonly string[] EmptyIdentifiers = ["/api/daemon/sessions/", "/api/daemon/providers/", "/api/daemon/routing/explain/"];

    /// <summary>Lets the request through, or refuses it.</summary>
    public Task Invoke(HttpContext context) => Check(context) is { } refusal ? refusal.ExecuteAsync(context) : next(context);

    private IResult? Check(HttpContext context)
    {
        if (CheckCaller(context, context.Features.GetRequiredFeature<CallerConnection>().Trust) is { } refusal)
            return refusal;
        if (context.Request.ContentLength > RequestBody.MaximumLength)
            return Refusals.TooLarge();
        if (PathOf(context) is not { } path)
            return Refusals.UnknownPath();
        if (path != context.Request.Path.Value)
            context.Request.Path = path;
        return null;
    }

    /// <summary>A page in a browser cannot know the control token, so the token vouches for a <c>Host</c> by which other machines know this one.</summary>
    private IResult? CheckCaller(HttpContext context, CallerTrust trust)
    {
        var headers = context.Request.Headers;
        var showsToken = headers.Authorization.Count == 1 && token.IsIn(headers.Authorization[0]);
        if (!LoopbackNames.IsLoopbackHost(headers.Host) && !(showsToken && trust is CallerTrust.Unknown))
            return Refusals.Forbidden("host");
        if (IsOfForeignPage(headers))
            return Refusals.Forbidden("origin");
        if (showsToken || trust is CallerTrust.SameUser || context.Request.Path.Value == Health)
            return null;
        return trust is CallerTrust.OtherUser ? Refusals.Forbidden("user") : Refusals.TokenRequired();
    }

    /// <summary>
    /// A page names its origin with everything that could change something. What it embeds, as a script or a picture, comes without one; then a browser
    /// says that it comes from elsewhere. A link that the user follows is his own doing.
    /// </summary>
    private static bool IsOfForeignPage(IHeaderDictionary headers) => headers.Origin.Count > 0
        ? headers.Origin.Any(static origin => !LoopbackNames.IsLoopbackOrigin(origin ?? ""))
        : headers["Sec-Fetch-Site"] == "cross-site" && headers["Sec-Fetch-Mode"] != "navigate";

    private static string? PathOf(HttpContext context)
    {
        var path = RequestPath.Decode(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (path is null || !path.EndsWith('/'))
            return path;
        if (path == Workareas)
            return path[..^1];
        return EmptyIdentifiers.Contains(path, StringComparer.Ordinal) ? path : null;
    }
}
