using System.Text.Json.Serialization;

namespace Donmai.Providers;

/// <summary>Something the daemon can run sessions with (control-api.md §6.1).</summary>
[GenerateSerializer, Immutable, Alias("donmai.Provider")]
public sealed record Provider
{
    /// <summary>Its id, unique in its family.</summary>
    [Id(0)] public string Id { get; init; } = "";

    /// <summary>Its name.</summary>
    [Id(1)] public string Name { get; init; } = "";

    /// <summary>Version of what is installed; empty when it could not be told.</summary>
    [Id(2)] public string Version { get; init; } = "";

    /// <summary>One of <see cref="ProviderFamilies"/>.</summary>
    [Id(3)] public string Family { get; init; } = "";

    /// <summary><c>project</c>, <c>org</c>, <c>tenant</c> or <c>global</c>.</summary>
    [Id(4)] public string Scope { get; init; } = "global";

    /// <summary><c>ready</c>, <c>degraded</c>, <c>unhealthy</c> or <c>inactive</c>.</summary>
    [Id(5)] public string Status { get; init; } = "";

    /// <summary><c>bundled</c>, <c>registry</c> or <c>local</c>.</summary>
    [Id(6)] public string Source { get; init; } = "bundled";

    /// <summary><c>signed-verified</c>, <c>signed-unverified</c> or <c>unsigned</c>.</summary>
    [Id(7)] public string Trust { get; init; } = "unsigned";

    /// <summary>Whether its manifest is in order.</summary>
    [Id(8)] public bool ManifestOk { get; init; }

    /// <summary>What it can do.</summary>
    [Id(9)] public ProviderCapabilities Capabilities { get; init; } = new();

    /// <summary>Who signed it.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SignerId { get; init; }

    /// <summary>When it was signed, RFC 3339.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SignedAt { get; init; }

    /// <summary>Why it is not ready, and what to do (additive).</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Detail { get; init; }

    /// <summary>Where it was found: path of its program, or address of its server (additive).</summary>
    [Id(13), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Location { get; init; }
}
