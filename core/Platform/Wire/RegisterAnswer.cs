using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Donmai.Core.Platform.Wire;

/// <summary>Answer to a registration, and to a refresh, which leaves <see cref="WorkerId"/> out (platform-api.md §3, §5.1).</summary>
public sealed record RegisterAnswer
{
    /// <summary>Id of the machine at the orchestrator; required of a registration.</summary>
    public string? WorkerId { get; init; }

    /// <summary>Runtime token; secret, required.</summary>
    public string? RuntimeToken { get; init; }

    /// <summary>Milliseconds between heartbeats; <see langword="null"/> or 0 for the default.</summary>
    public double? HeartbeatInterval { get; init; }

    /// <summary>Milliseconds between polls; <see langword="null"/> or 0 for the default.</summary>
    public double? PollInterval { get; init; }

    /// <summary>When the token expires, RFC 3339.</summary>
    public string? RuntimeTokenExpiresAt { get; init; }

    // The text of a record has all its members, and the token must not get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(WorkerId)).Append(" = ").Append(WorkerId);
        return true;
    }
}
