using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Silo.Gateway;

/// <summary>
/// Holds the framework's choice of a route to the API's own rules: the path decides first and exactly, then the method; what is left
/// over is 404 or 405 with <c>Allow</c> (control-api.md §1.4).
/// </summary>
/// <param name="next">The rest of the way.</param>
/// <param name="endpoints">All routes.</param>
internal sealed class RouteCheck(RequestDelegate next, EndpointDataSource endpoints)
{
    private readonly Lazy<KnownPath[]> _paths = new(() => KnownPath.Of(endpoints.Endpoints));

    /// <summary>Goes on with the chosen route, or answers 404 or 405.</summary>
    public Task Invoke(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var chosen = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern;
        if (chosen is { Parameters.Count: 0 } && chosen.RawText == path)
            return next(context);
        var known = _paths.Value.FirstOrDefault(known => known.Matches(path));
        if (known is not null && known.Text == chosen?.RawText)
            return next(context);
        if (known is null)
            return Refusals.UnknownPath().ExecuteAsync(context);
        if (known.For(context.Request.Method) is { } route)
            return path.EndsWith('/') ? Take(route, context) : Refusals.UnknownPath().ExecuteAsync(context);
        context.Response.Headers.Allow = string.Join(", ", known.Methods);
        return Refusals.WrongMethod().ExecuteAsync(context);
    }

    /// <summary>The framework takes a slash at the end for nothing; here an empty identifier follows it.</summary>
    private Task Take(RouteEndpoint route, HttpContext context)
    {
        context.SetEndpoint(route);
        return next(context);
    }
}
