namespace Donmai.Worker.Providers.Gemini;

/// <summary>The key to Google's HTTP interface (worker.md §4.4.1).</summary>
internal static class GeminiKey
{
    /// <summary>Where the interface is when nothing else is configured.</summary>
    public const string Address = "https://generativelanguage.googleapis.com/";

    /// <summary>Variable that holds the key.</summary>
    public const string Variable = "GEMINI_API_KEY";

    private const string OtherVariable = "GOOGLE_API_KEY";

    /// <summary>The key of an agent's environment, or <see langword="null"/>.</summary>
    public static string? In(IReadOnlyDictionary<string, string> environment) => Of(environment, Variable) ?? Of(environment, OtherVariable);

    private static string? Of(IReadOnlyDictionary<string, string> environment, string variable) =>
        environment.GetValueOrDefault(variable)?.Trim() is { Length: > 0 } key ? key : null;
}
