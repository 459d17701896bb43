namespace Donmai.Core.Daemon;

/// <summary>Trust gate of kits (daemon-runtime.md §2.3 <c>trust</c>).</summary>
public sealed record TrustConfiguration
{
    /// <summary><c>permissive</c>, <c>signed-by-allowlist</c> or <c>attested</c> (<c>mode</c>).</summary>
    public string Mode { get; init; } = "permissive";

    /// <summary>Allowed signers (<c>issuerSet</c>).</summary>
    public IReadOnlyList<string> IssuerSet { get; init; } = [];

    /// <summary>Who overrides are recorded for (<c>actor</c>); <see langword="null"/> for the user's id.</summary>
    public string? Actor { get; init; }
}
