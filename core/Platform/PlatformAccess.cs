using System.Diagnostics.CodeAnalysis;
using System.Text;
using Donmai.Platform;

namespace Donmai.Core.Platform;

/// <summary>Where a call to the orchestrator goes and what proves who calls (platform-api.md §1).</summary>
public sealed record PlatformAccess
{
    /// <summary>Base URL; a path of its own is kept.</summary>
    public required string Url { get; init; }

    /// <summary>Token of the call: the registration token to register and to refresh, the runtime token otherwise; secret. Empty sends none.</summary>
    public string Token { get; init; } = "";

    /// <summary>The worker in whose name the call is made; empty while there is none.</summary>
    public string WorkerId { get; init; } = "";

    /// <summary>Access with the credentials of a registration.</summary>
    public static PlatformAccess Of(PlatformCredentials credentials) =>
        new() { Url = credentials.PlatformUrl, Token = credentials.RuntimeToken, WorkerId = credentials.WorkerId };

    // The text of a record has all its members, and the token must not get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(WorkerId)).Append(" = ").Append(WorkerId);
        return true;
    }
}
