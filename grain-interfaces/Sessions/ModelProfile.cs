using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>A model profile; wins over <see cref="ResolvedProfile"/> (daemon-runtime.md §10.2, worker.md §1.5).</summary>
[GenerateSerializer, Immutable, Alias("donmai.ModelProfile")]
public sealed record ModelProfile
{
    /// <summary>Profile id.</summary>
    [Id(0)] public string Id { get; init; } = "";

    /// <summary>Provider name; empty falls back to the resolved profile.</summary>
    [Id(1)] public string ProviderId { get; init; } = "";

    /// <summary>Model name as the provider knows it.</summary>
    [Id(2)] public string Model { get; init; } = "";

    /// <summary>Effort.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Mode { get; init; }

    /// <summary>Context window in tokens; 0 means the model's default.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Context { get; init; }

    /// <summary>Output limit in tokens; 0 means the model's default.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int MaxOutputTokens { get; init; }
}
