using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;

namespace Refit;

/// <summary>The methods of one interface, read once.</summary>
internal sealed class RestInterface
{
    private static readonly ConcurrentDictionary<Type, RestInterface> Known = new();

    private readonly FrozenDictionary<MethodInfo, RestMethod> _methods;

    private RestInterface(Type api)
    {
        var headers = api.GetInterfaces().Prepend(api).Reverse().SelectMany(HeadersOf).ToArray();
        _methods = api.GetInterfaces().Prepend(api)
            .SelectMany(static type => type.GetMethods())
            .Where(static method => method.IsAbstract)
            .ToFrozenDictionary(static method => method, method => RestMethod.Read(method, headers));
    }

    public static RestInterface Of(Type api) => Known.GetOrAdd(api, static type => new RestInterface(type));

    public RestMethod Of(MethodInfo method) => _methods[method];

    internal static string[] HeadersOf(MemberInfo member) => member.GetCustomAttribute<HeadersAttribute>()?.Headers ?? [];
}
