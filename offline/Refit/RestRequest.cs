using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Refit;

/// <summary>Composes the request of one method.</summary>
internal sealed class RestRequest
{
    private static readonly MethodInfo Serialize = typeof(IHttpContentSerializer).GetMethod(nameof(IHttpContentSerializer.ToHttpContent))!;

    private readonly HttpMethod _verb;
    private readonly string _template;
    private readonly RestParameter[] _parameters;
    private readonly Dictionary<string, string?> _headers;
    private readonly Func<IHttpContentSerializer, object?, HttpContent>? _toContent;

    private RestRequest(HttpMethodAttribute verb, RestParameter[] parameters, Dictionary<string, string?> headers, Type? body)
    {
        _verb = verb.Method;
        _template = verb.Path;
        _parameters = parameters;
        _headers = headers;
        _toContent = body is null ? null : ContentOf(body);
    }

    public static RestRequest Read(MethodInfo method, HttpMethodAttribute verb, IReadOnlyList<string> interfaceHeaders)
    {
        if (verb.Path.Length > 0 && verb.Path[0] != '/')
            throw new ArgumentException($"URL path {verb.Path} must start with '/' and be of the form '/foo/bar/baz'", nameof(verb));

        var parameters = method.GetParameters().Select(parameter => RestParameter.Read(parameter, verb.Path)).ToArray();
        var body = parameters.FirstOrDefault(static parameter => parameter.Place == RestPlace.Body);
        var headers = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in interfaceHeaders.Concat(RestInterface.HeadersOf(method)))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[(colon < 0 ? line : line[..colon]).Trim()] = colon < 0 ? null : line[(colon + 1)..].Trim();
        }

        return new RestRequest(verb, parameters, headers, body is null ? null : method.GetParameters()[body.Position].ParameterType);
    }

    public HttpRequestMessage Compose(Uri? baseAddress, RefitSettings settings, object?[] arguments)
    {
        if (baseAddress is null)
            throw new InvalidOperationException("BaseAddress must be set on the HttpClient instance");

        var request = new HttpRequestMessage(_verb, Target(baseAddress.AbsolutePath.TrimEnd('/'), arguments));
        foreach (var parameter in _parameters)
            if (parameter.Place == RestPlace.Body)
                request.Content = Content(settings.ContentSerializer, arguments[parameter.Position]);

        foreach (var (name, value) in _headers)
            SetHeader(request, name, value);
        foreach (var parameter in _parameters)
            if (parameter.Place == RestPlace.Header)
                SetHeader(request, parameter.Name, arguments[parameter.Position]?.ToString());
        return request;
    }

    private static Func<IHttpContentSerializer, object?, HttpContent> ContentOf(Type body)
    {
        var closed = Serialize.MakeGenericMethod(body);
        return (serializer, value) => (HttpContent)closed.Invoke(serializer, [value])!;
    }

    private HttpContent? Content(IHttpContentSerializer serializer, object? value) => value switch
    {
        HttpContent content => content,
        Stream stream => new StreamContent(stream),
        string text => new StringContent(text),
        null => null,
        _ => _toContent!(serializer, value),
    };

    private Uri Target(string basePath, object?[] arguments)
    {
        var path = _template;
        var query = new StringBuilder();
        foreach (var parameter in _parameters)
        {
            var value = arguments[parameter.Position];
            if (parameter.Place == RestPlace.Path)
                path = path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(Text(value) ?? ""), StringComparison.OrdinalIgnoreCase);
            else if (parameter.Place == RestPlace.Query && Text(value) is { } text)
                query.Append(query.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(parameter.Name)).Append('=').Append(Uri.EscapeDataString(text));
        }

        if (query.Length > 0)
            query.Insert(0, path.Contains('?', StringComparison.Ordinal) ? '&' : '?');
        return new Uri($"{basePath}{path}{query}", UriKind.Relative);
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        IEnumerable many => string.Join(',', many.Cast<object?>().Select(Text)),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static void SetHeader(HttpRequestMessage request, string name, string? value)
    {
        if (request.Headers.NonValidated.Contains(name))
            request.Headers.Remove(name);
        if (request.Content is { } content && content.Headers.NonValidated.Contains(name))
            content.Headers.Remove(name);
        if (value is null)
            return;

        var oneLine = value.ReplaceLineEndings("");
        if (!request.Headers.TryAddWithoutValidation(name, oneLine))
            request.Content?.Headers.TryAddWithoutValidation(name, oneLine);
    }
}
