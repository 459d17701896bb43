namespace Donmai.Providers;

/// <summary>No provider has that id: 404 with the id echoed (control-api.md §6.2).</summary>
[GenerateSerializer, Alias("donmai.ProviderNotFoundException")]
public sealed class ProviderNotFoundException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="providerId">The id as it was given.</param>
    public ProviderNotFoundException(string providerId)
        : base("provider not found")
    {
        ProviderId = providerId;
    }

    /// <summary>The id as it was given.</summary>
    [Id(0)] public string ProviderId { get; private set; }
}
