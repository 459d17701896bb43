namespace Donmai.Worker.Platform;

/// <summary>Base URLs of platforms.</summary>
internal static class PlatformAddress
{
    /// <summary>Checks a base URL.</summary>
    /// <exception cref="ArgumentException">It is missing, or is none with a scheme and a host.</exception>
    public static void Check(string url)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
            throw new ArgumentException($"'{url}' is not the http or https URL of a platform", nameof(url));
    }
}
