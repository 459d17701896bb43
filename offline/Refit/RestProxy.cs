using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Refit;

/// <summary>What stands behind an interface: turns each call into a request.</summary>
[SuppressMessage("Design", "MA0053", Justification = "The run time derives the implementation of the interface from it.")]
[SuppressMessage("Performance", "CA1852", Justification = "The run time derives the implementation of the interface from it.")]
internal class RestProxy : DispatchProxy
{
    private HttpClient _client = null!;
    private RefitSettings _settings = null!;
    private RestInterface _methods = null!;

    internal void Connect(HttpClient client, RefitSettings settings, RestInterface methods)
    {
        _client = client;
        _settings = settings;
        _methods = methods;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _methods.Of(targetMethod!).Send(_client, _settings, args ?? []);
}
