using System.Reflection;

namespace Refit;

/// <summary>One method of an interface: the request it makes and the answer it gives.</summary>
internal sealed class RestMethod
{
    private readonly RestRequest _request;
    private readonly RestAnswer _answer;

    private RestMethod(RestRequest request, RestAnswer answer)
    {
        _request = request;
        _answer = answer;
    }

    public static RestMethod Read(MethodInfo method, IReadOnlyList<string> interfaceHeaders)
    {
        var verb = method.GetCustomAttribute<HttpMethodAttribute>()
            ?? throw new ArgumentException($"{method.DeclaringType}.{method.Name} must have an HTTP method attribute.", nameof(method));
        return new RestMethod(RestRequest.Read(method, verb, interfaceHeaders), RestAnswer.Of(method));
    }

    public object Send(HttpClient client, RefitSettings settings, object?[] arguments)
    {
        var token = arguments.OfType<CancellationToken>().FirstOrDefault();
        return _answer.Receive(client, settings, () => _request.Compose(client.BaseAddress, settings, arguments), token);
    }
}
