using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Donmai.Silo.Gateway;

/// <summary>One path of the control API with all its methods.</summary>
/// <param name="pattern">How the path looks.</param>
/// <param name="routes">Its routes.</param>
internal sealed class KnownPath(RoutePattern pattern, IEnumerable<RouteEndpoint> routes)
{
    private readonly SortedList<string, RouteEndpoint> _routes = new(
        routes.SelectMany(static route => MethodsOf(route).Select(method => (method, route))).ToDictionary(static pair => pair.method, static pair => pair.route),
        StringComparer.Ordinal);

    /// <summary>The pattern as it was mapped.</summary>
    public string Text => pattern.RawText ?? "";

    /// <summary>Methods that it takes.</summary>
    public IList<string> Methods => _routes.Keys;

    /// <summary>Smaller is more specific.</summary>
    public decimal Precedence => pattern.InboundPrecedence;

    /// <summary>All paths of <paramref name="endpoints"/>, the most specific first.</summary>
    public static KnownPath[] Of(IEnumerable<Endpoint> endpoints) =>
        [.. endpoints.OfType<RouteEndpoint>()
            .GroupBy(static endpoint => endpoint.RoutePattern.RawText, StringComparer.Ordinal)
            .Select(static same => new KnownPath(same.First().RoutePattern, same))
            .OrderBy(static known => known.Precedence)];

    /// <summary>The route for <paramref name="method"/>; <see langword="null"/> when it is a wrong one.</summary>
    public RouteEndpoint? For(string method) => _routes.GetValueOrDefault(method);

    /// <summary>Whether <paramref name="path"/> is this one. Letter case counts, unlike in the framework's own matching.</summary>
    public bool Matches(string path)
    {
        var rest = path.AsSpan(1);
        var ended = false;
        foreach (var segment in pattern.PathSegments)
        {
            if (ended)
                return false;
            if (segment.Parts[0] is RoutePatternParameterPart { IsCatchAll: true })
                return true;
            var slash = rest.IndexOf('/');
            var word = slash < 0 ? rest : rest[..slash];
            if (segment.Parts[0] is RoutePatternLiteralPart literal ? !word.SequenceEqual(literal.Content) : word.IsEmpty)
                return false;
            ended = slash < 0;
            rest = ended ? [] : rest[(slash + 1)..];
        }

        return ended;
    }

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
}
