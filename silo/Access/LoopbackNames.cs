using System.Net;

namespace Donmai.Silo.Access;

/// <summary>The names by which a program on this machine may address the control API (control-api.md §1.2 b, c).</summary>
internal static class LoopbackNames
{
    /// <summary>Whether a <c>Host</c> header names this machine's loopback, with any port.</summary>
    public static bool IsLoopbackHost(string? host)
    {
        if (string.IsNullOrEmpty(host))
            return false;
        var name = host.AsSpan();
        var colon = name.LastIndexOf(':');
        if (colon >= 0 && name[^1] != ']')
        {
            if (!IsPort(name[(colon + 1)..]))
                return false;
            name = name[..colon];
        }

        return IsLoopback(name);
    }

    /// <summary>Whether an <c>Origin</c> header names a page that was served from this machine's loopback.</summary>
    public static bool IsLoopbackOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Host.Length > 0 && IsLoopback(page.Host);

    /// <summary>Whether listening on <paramref name="address"/> is visible to this machine only.</summary>
    public static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(address);

    private static bool IsLoopback(ReadOnlySpan<char> name) =>
        name is "127.0.0.1" or "[::1]" || name.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static bool IsPort(ReadOnlySpan<char> text) => text.Length is > 0 and <= 5 && !text.ContainsAnyExceptInRange('0', '9');
}
