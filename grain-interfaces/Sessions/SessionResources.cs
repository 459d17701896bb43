using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>Resources a session asks for (control-api.md §4.9).</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionResources")]
public sealed record SessionResources
{
    /// <summary>Virtual processors; 0 means no demand.</summary>
    [Id(0), JsonPropertyName("vCpu")] public int VCpu { get; init; }

    /// <summary>Memory in MiB; 0 means no demand.</summary>
    [Id(1)] public int MemoryMb { get; init; }
}
