namespace Donmai.Client;

/// <summary>Where the daemon's control API is (control-api.md §1.1).</summary>
public static class ControlEndpoint
{
    /// <summary>Address of a daemon that was started without options.</summary>
    public const string Default = "http://127.0.0.1:7734";

    /// <summary>Start of an address that names a Unix domain socket, e.g. <c>unix:/home/anna/.donmai/daemon.sock</c>.</summary>
    public const string SocketScheme = "unix:";

    private static readonly string[] Variables = ["DONMAI_DAEMON_URL", "RENSEI_DAEMON_URL"];

    /// <summary>
    /// <paramref name="address"/> when it names something, otherwise <c>DONMAI_DAEMON_URL</c>, <c>RENSEI_DAEMON_URL</c>, and at last
    /// <see cref="Default"/>. A trailing <c>/</c> is stripped.
    /// </summary>
    /// <exception cref="InvalidDaemonAddressException">It is neither an <c>http</c> or <c>https</c> URL nor a socket.</exception>
    public static Uri Resolve(string? address = null)
    {
        var text = Named(address) ?? Variables.Select(Environment.GetEnvironmentVariable).Select(Named).FirstOrDefault(static value => value is not null) ?? Default;
        if (text.StartsWith(SocketScheme, StringComparison.Ordinal) && text.Length > SocketScheme.Length)
            return new Uri(SocketScheme + "//" + Path.GetFullPath(text[SocketScheme.Length..].Replace("///", "/", StringComparison.Ordinal)));
        if (Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        throw new InvalidDaemonAddressException(text);
    }

    private static string? Named(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
