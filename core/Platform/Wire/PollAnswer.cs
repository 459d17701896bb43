using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Donmai.Core.Platform.Wire;

/// <summary>Answer to a poll (platform-api.md §7.1). What can be malformed on its own is left as it came.</summary>
public sealed record PollAnswer
{
    /// <summary>The work items, each as it came.</summary>
    public List<JsonText>? Work { get; init; }

    /// <summary>Whether the work is claimed for this worker already.</summary>
    public bool? PreClaimed { get; init; }

    /// <summary>Sessions that this answer claims.</summary>
    public List<string>? ClaimedSessionIds { get; init; }

    /// <summary>Whether there are messages for running sessions.</summary>
    public bool? HasInboxMessages { get; init; }

    /// <summary>Messages by session id.</summary>
    public JsonText? InboxMessages { get; init; }

    /// <summary>Credentials for repositories; secret, kept in memory only.</summary>
    public JsonText? GitCredentials { get; init; }

    // The text of a record has all its members, and the credentials must not get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(Work)).Append(" = ").Append(Work?.Count ?? 0);
        return true;
    }
}
