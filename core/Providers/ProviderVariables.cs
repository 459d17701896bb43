namespace Donmai.Core.Providers;

/// <summary>Variables by which a worker is told how a provider is configured in <c>daemon.yaml</c>; work items cannot set them.</summary>
public static class ProviderVariables
{
    private const string Own = "DONMAI_";
    private const string BinarySuffix = "_BINARY";
    private const string EndpointSuffix = "_ENDPOINT";

    /// <summary>Variable of the program (<c>providers.&lt;id&gt;.binary</c>), e.g. <c>DONMAI_CLAUDE_BINARY</c>.</summary>
    public static string Binary(string id) => Name(id, BinarySuffix);

    /// <summary>Variable of the address (<c>providers.&lt;id&gt;.endpoint</c>), e.g. <c>DONMAI_OLLAMA_ENDPOINT</c>.</summary>
    public static string Endpoint(string id) => Name(id, EndpointSuffix);

    /// <summary>Whether a variable is one of these.</summary>
    public static bool Contain(string name) =>
        name.StartsWith(Own, StringComparison.Ordinal)
        && (name.EndsWith(BinarySuffix, StringComparison.Ordinal) || name.EndsWith(EndpointSuffix, StringComparison.Ordinal));

    private static string Name(string id, string suffix) =>
        string.Concat(Own, string.Concat(id.Select(static letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_')), suffix);
}
