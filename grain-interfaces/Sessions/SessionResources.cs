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

    /// <summary>System demanded, e.g. <c>linux</c>, <c>macos</c> (additive).</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Os { get; init; }

    /// <summary>Processor architecture demanded, e.g. <c>x86_64</c>, <c>arm64</c> (additive).</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Arch { get; init; }

    /// <summary>Region demanded, as <c>machine.region</c> names it (additive).</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Region { get; init; }

    /// <summary>Programs that have to be there, e.g. <c>dotnet</c> (additive).</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<string>? Tools { get; init; }
}
