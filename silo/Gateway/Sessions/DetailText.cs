using System.Text;
using System.Text.Json;
using Donmai.Sessions;

namespace Donmai.Silo.Gateway.Sessions;

/// <summary>The text of a session's detail: its members, and after them the fields of the work item that no member has (daemon-runtime.md §10.2).</summary>
internal static class DetailText
{
    /// <summary>The detail in UTF-8.</summary>
    public static byte[] Of(SessionDetail detail)
    {
        var members = JsonSerializer.SerializeToUtf8Bytes(detail, GatewayJson.Context.SessionDetail);
        return detail.OtherFields is { } others
            ? [.. members.AsSpan(..^1), (byte)',', .. Encoding.UTF8.GetBytes(others.Text).AsSpan(1)]
            : members;
    }
}
