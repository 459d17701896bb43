using System.Text.Json.Nodes;

namespace Donmai.FakePlatform.Workers;

/// <summary>A change of a host's configuration that it is asked for until it acknowledges it (platform-api.md §6.6).</summary>
public sealed record Mutation
{
    /// <summary>Its id; <see langword="null"/> numbers it <c>mut_1</c>, <c>mut_2</c>, ….</summary>
    public string? Id { get; init; }

    /// <summary>What is to be done, e.g. <c>project.add</c>.</summary>
    public required string Op { get; init; }

    /// <summary>With what.</summary>
    public JsonObject? Params { get; init; }

    /// <summary>Who wants it.</summary>
    public string RequestedBy { get; init; } = "user_demo";
}
