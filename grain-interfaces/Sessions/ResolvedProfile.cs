using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>Which provider runs a session and how (daemon-runtime.md §10.2). Empty members are omitted on the wire.</summary>
[GenerateSerializer, Immutable, Alias("donmai.ResolvedProfile")]
public sealed record ResolvedProfile
{
    /// <summary>Provider name, e.g. <c>claude</c>.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Provider { get; init; }

    /// <summary>Older spelling of <see cref="Provider"/>, used when that is empty.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Runner { get; init; }

    /// <summary>Model name as the provider knows it.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Model { get; init; }

    /// <summary><c>low</c>, <c>medium</c>, <c>high</c> or <c>xhigh</c>.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Effort { get; init; }

    /// <summary>Credential to use, by id.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CredentialId { get; init; }

    /// <summary>Free-form provider configuration (a JSON object).</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ProviderConfig { get; init; }
}
