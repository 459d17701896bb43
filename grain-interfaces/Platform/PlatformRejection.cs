using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Donmai.Platform;

/// <summary>A call that the orchestrator refused with 401 or 404 (platform-api.md §5).</summary>
[GenerateSerializer, Immutable, Alias("donmai.PlatformRejection")]
public sealed record PlatformRejection
{
    /// <summary>The loop whose call it was: <c>heartbeat</c> or <c>poll</c>.</summary>
    [Id(0)] public required string Path { get; init; }

    /// <summary>Status of the answer.</summary>
    [Id(1)] public required int StatusCode { get; init; }

    /// <summary>Text of the answer, at most 2 KiB; decides between an expired token and a refused one.</summary>
    [Id(2)] public string Reason { get; init; } = "";

    /// <summary>Worker id that the call was made with.</summary>
    [Id(3)] public string WorkerId { get; init; } = "";

    /// <summary>Runtime token that the call was made with; secret.</summary>
    [Id(4)] public string RuntimeToken { get; init; } = "";

    // The text of a record has all its members, and the token must not get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(Path)).Append(" = ").Append(Path).Append(", ").Append(nameof(StatusCode)).Append(" = ").Append(StatusCode);
        return true;
    }
}
