using Donmai.Core.Platform.Wire;

namespace Donmai.Worker.Platform;

/// <summary>What an issue tracker is asked for (platform-api.md §12).</summary>
internal static class IssueRequests
{
    /// <summary>Another status.</summary>
    public static ProxyRequest Status(string issueId, string status) => new() { Method = "updateIssueStatus", Args = [issueId, status] };

    /// <summary>A comment.</summary>
    public static ProxyRequest Comment(string issueId, string text) => new() { Method = "createComment", Args = [issueId, text] };
}
