using System.Globalization;

namespace Donmai.Worker.Providers.Ollama;

/// <summary>Where the server of <c>ollama</c> is (worker.md §4.7): <c>OLLAMA_HOST</c>, else the configured endpoint, else this machine.</summary>
internal static class OllamaAddress
{
    private const string Variable = "OLLAMA_HOST";
    private const int UsualPort = 11434;

    /// <summary>The address, scheme and port completed as ollama itself does.</summary>
    /// <param name="environment">Environment of an agent.</param>
    /// <param name="endpoint">The configured endpoint, if any.</param>
    /// <exception cref="ProviderUnavailableException">It is no address.</exception>
    public static Uri Of(IReadOnlyDictionary<string, string> environment, string? endpoint)
    {
        var text = environment.GetValueOrDefault(Variable)?.Trim() is { Length: > 0 } host ? host : endpoint?.Trim() ?? "";
        return TryRead(text) ?? throw new ProviderUnavailableException(
            $"{OllamaProvider.NotAvailable}{(text.Contains('@') ? "what is configured" : $"'{text}'")} is no address of a server (and may hold no password); set {Variable} or providers.ollama.endpoint to one like http://localhost:{UsualPort}");
    }

    private static Uri? TryRead(string text)
    {
        if (text.Length == 0)
            return Local("http", UsualPort);
        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!hasScheme && text.StartsWith(':'))
            text = "localhost" + text;
        if (!Uri.TryCreate(hasScheme ? text : "http://" + text, UriKind.Absolute, out var url) || url is not { Scheme: "http" or "https", UserInfo: "" })
            return null;
        var port = hasScheme || HasPort(text) ? url.Port : UsualPort;
        // A server listens on every address of its machine; a client needs one.
        return url.Host is "0.0.0.0" or "[::]" ? Local(url.Scheme, port) : new UriBuilder(url) { Port = port, Path = url.AbsolutePath.TrimEnd('/') + "/" }.Uri;
    }

    private static bool HasPort(string text)
    {
        var authority = text.Split('/')[0];
        return authority.LastIndexOf(':') is > 0 and var colon && authority.IndexOf(']') < colon && int.TryParse(authority[(colon + 1)..], CultureInfo.InvariantCulture, out _);
    }

    private static Uri Local(string scheme, int port) => new UriBuilder(scheme, "127.0.0.1", port).Uri;
}
