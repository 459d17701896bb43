using System.Reflection;

namespace Refit;

/// <summary>Where an argument goes.</summary>
/// <param name="Position">Position among the arguments.</param>
/// <param name="Place">Its place in the request.</param>
/// <param name="Name">Name of the path segment, query key or header.</param>
internal sealed record RestParameter(int Position, RestPlace Place, string Name)
{
    public static RestParameter Read(ParameterInfo parameter, string template)
    {
        var name = parameter.GetCustomAttribute<AliasAsAttribute>()?.Name ?? parameter.Name!;
        if (parameter.ParameterType == typeof(CancellationToken))
            return new RestParameter(parameter.Position, RestPlace.None, name);
        if (parameter.IsDefined(typeof(BodyAttribute)))
            return new RestParameter(parameter.Position, RestPlace.Body, name);
        if (parameter.GetCustomAttribute<HeaderAttribute>() is { } header)
            return new RestParameter(parameter.Position, RestPlace.Header, header.Header);

        var inPath = template.Contains($"{{{name}}}", StringComparison.OrdinalIgnoreCase);
        return new RestParameter(parameter.Position, inPath ? RestPlace.Path : RestPlace.Query, name);
    }
}
