namespace Donmai.Providers;

/// <summary>One provider as an answer (control-api.md §6.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.ProviderAnswer")]
public sealed record ProviderAnswer
{
    /// <summary>The provider.</summary>
    [Id(0)] public Provider Provider { get; init; } = new();
}
