using System.Text.Encodings.Web;
using System.Text.Json;

namespace Donmai.Worker.Sessions;

/// <summary>Hides secrets in everything that is written down (worker.md §2.7, §6.1).</summary>
internal sealed class Redaction
{
    private const string Hidden = "[hidden]";

    /// <summary>Shorter values would hide ordinary words.</summary>
    private const int ShortestSecret = 6;

    private static readonly string[] SensitiveWords = ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "PRIVATE_KEY", "API_KEY"];

    private volatile string[] _secrets = [];

    /// <summary>Whether a variable of that name holds a secret.</summary>
    public static bool LooksSensitive(string name) =>
        SensitiveWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds the values of sensitive variables.</summary>
    public void AddFrom(IEnumerable<KeyValuePair<string, string>> environment) =>
        Add(environment.Where(static pair => LooksSensitive(pair.Key)).Select(static pair => pair.Value));

    /// <summary>Adds secrets.</summary>
    public void Add(params IEnumerable<string?> secrets) =>
        _secrets =
        [
            .. _secrets
                .Concat(secrets.OfType<string>().Where(static secret => secret.Trim().Length >= ShortestSecret)
                    .SelectMany(static secret => new[] { secret, JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value }))
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(static secret => secret.Length),
        ];

    /// <summary><paramref name="text"/> without them.</summary>
    public string Apply(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        return text;
    }
}
