using System.Text.Json.Serialization;

namespace Donmai;

/// <summary>Body of every answer that is not a success (control-api.md §1.6).</summary>
[GenerateSerializer, Immutable, Alias("donmai.ErrorBody")]
public sealed record ErrorBody
{
    /// <summary>What is wrong, in words; not to be parsed.</summary>
    [Id(0)] public string Error { get; init; } = "";

    /// <summary>The session the request named, as it was given.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SessionId { get; init; }

    /// <summary>The work area the request named, as it was given.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorkareaId { get; init; }

    /// <summary>The provider the request named, as it was given.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ProviderId { get; init; }
}
