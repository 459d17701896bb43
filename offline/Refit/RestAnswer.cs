using System.Reflection;

namespace Refit;

/// <summary>What a method makes of the response; one shape per kind of result, closed over the result type once.</summary>
internal abstract class RestAnswer
{
    public static RestAnswer Of(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(Task))
            return new RestAnswerNone();
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Task<>))
            throw new ArgumentException($"{method.DeclaringType}.{method.Name} must return Task or Task<T>.", nameof(method));

        var result = type.GetGenericArguments()[0];
        if (result == typeof(IApiResponse))
            return new RestAnswerResponse<IApiResponse, HttpContent>();
        if (result.IsGenericType && result.GetGenericTypeDefinition() is var open && (open == typeof(ApiResponse<>) || open == typeof(IApiResponse<>)))
            return Close(typeof(RestAnswerResponse<,>), result, result.GetGenericArguments()[0]);
        return Close(typeof(RestAnswerBody<>), result);
    }

    /// <summary>Sends the request; returns the task that the interface's method returns.</summary>
    public abstract object Receive(HttpClient client, RefitSettings settings, Func<HttpRequestMessage> compose, CancellationToken token);

    private static RestAnswer Close(Type shape, params Type[] results) =>
        (RestAnswer)Activator.CreateInstance(shape.MakeGenericType(results))!;
}
