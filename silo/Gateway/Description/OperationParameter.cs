using Microsoft.OpenApi;

namespace Donmai.Silo.Gateway.Description;

/// <summary>Something that is said outside of the body.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In">Where it stands.</param>
/// <param name="Text">What it means, in Markdown.</param>
internal sealed record OperationParameter(string Name, ParameterLocation In, string Text)
{
    /// <summary>The only text that counts; <see langword="null"/> for any.</summary>
    public string? Only { get; init; }

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber { get; init; }

    /// <summary>A part of the path.</summary>
    public static OperationParameter Path(string name, string text) => new(name, ParameterLocation.Path, text);

    /// <summary>A key of the query.</summary>
    public static OperationParameter Query(string name, string text, string? only = null) => new(name, ParameterLocation.Query, text) { Only = only };
}
