namespace Donmai.Routing;

/// <summary>What was learnt about one provider, or one model of it (routing.md §6.3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.ProviderExperience")]
public sealed record ProviderExperience
{
    /// <summary><c>sandbox</c> or <c>llm</c>.</summary>
    [Id(0)] public string Dimension { get; init; } = "";

    /// <summary>The provider.</summary>
    [Id(1)] public string ProviderId { get; init; } = "";

    /// <summary>The model; <see langword="null"/> for the provider as a whole.</summary>
    [Id(2)] public string? Model { get; init; }

    /// <summary>First parameter of the Beta posterior: 1 and one for each completed session; at least 1.</summary>
    [Id(3)] public double Alpha { get; init; } = 1;

    /// <summary>Second parameter of the Beta posterior: 1 and one for each failed session; at least 1.</summary>
    [Id(4)] public double Beta { get; init; } = 1;

    /// <summary>The last outcomes, oldest first, at most 20.</summary>
    [Id(5)] public List<ExperiencedOutcome> Recent { get; init; } = [];
}
