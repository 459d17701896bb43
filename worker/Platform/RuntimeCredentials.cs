using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Donmai.Worker.Platform;

/// <summary>What a worker shows the platform (platform-api.md §2). Empty members mean: keep the ones that are known.</summary>
/// <param name="WorkerId">Worker that owns the session; sent in bodies.</param>
/// <param name="AuthToken">Runtime token, secret; sent as bearer. Empty: no header.</param>
public sealed record RuntimeCredentials(string WorkerId, string AuthToken)
{
    // The text of a record has all its members, and the token must not get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(WorkerId)).Append(" = ").Append(WorkerId);
        return true;
    }
}
