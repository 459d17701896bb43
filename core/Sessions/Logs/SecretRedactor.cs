using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Donmai.Core.Sessions.Logs;

/// <summary>
/// Hides secrets in text that is written down (daemon-runtime.md §9.4, worker.md §2.7): values it was told, and what has the shape of a
/// registration token, of a runtime token, of a key of a well-known service, of an <c>Authorization</c> header or of a password in a URL.
/// Safe for use by several threads.
/// </summary>
public sealed partial class SecretRedactor
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Hidden = "[hidden]";

    /// <summary>Shorter values would hide ordinary words.</summary>
    private const int ShortestSecret = 6;

    // A private key is printed line by line.
    private const int ShortestLineOfSecret = 16;
    private const int LongestToken = 4096;

    private static readonly string[] SensitiveWords =
        ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "PRIVATE_KEY", "API_KEY", "ACCESS_KEY", "OTLP_HEADERS"];

    private static readonly SearchValues<string> TokenMarks = SearchValues.Create(["rsp_live_", "rsk_live_", "eyJ", "gh", "sk-ant-"], StringComparison.Ordinal);
    private static readonly SearchValues<string> CredentialMarks = SearchValues.Create(["authorization", "bearer", "://"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<byte> Separators = SearchValues.Create(" \t\"'`,;<>(){}[]|&"u8);

    private volatile string[] _secrets = [];

    /// <summary>Whether a variable of that name holds a secret.</summary>
    public static bool LooksSensitive(string name) =>
        SensitiveWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds the values of sensitive variables.</summary>
    /// <param name="environment">Variables.</param>
    public void AddFrom(IEnumerable<KeyValuePair<string, string>> environment) =>
        Add(environment.Where(static pair => LooksSensitive(pair.Key)).Select(static pair => pair.Value));

    /// <summary>Adds secrets; values of fewer than six characters are not taken.</summary>
    /// <param name="secrets">They.</param>
    public void Add(params IEnumerable<string?> secrets) =>
        _secrets =
        [
            .. _secrets
                .Concat(secrets.OfType<string>().Where(static secret => secret.Trim().Length >= ShortestSecret).SelectMany(Spellings))
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(static secret => secret.Length),
        ];

    /// <summary>Whether there may be a secret in a text; if not, it need not be looked at more closely.</summary>
    /// <param name="text">The text.</param>
    public bool MayHold(string text) =>
        text.AsSpan().ContainsAny(TokenMarks) || text.AsSpan().ContainsAny(CredentialMarks) || Holds(text);

    /// <summary>Whether one of the secrets it was told is in a text.</summary>
    /// <param name="text">The text.</param>
    public bool Holds(string text) => Array.Exists(_secrets, secret => text.Contains(secret, StringComparison.Ordinal));

    /// <summary><paramref name="text"/> without secrets.</summary>
    /// <param name="text">The text.</param>
    public string Apply(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        if (text.AsSpan().ContainsAny(TokenMarks))
            text = Tokens().Replace(text, Hidden);
        return text.AsSpan().ContainsAny(CredentialMarks) ? Credentials().Replace(text, "${before}" + Hidden + "${after}") : text;
    }

    /// <summary>Where a piece of a longer text can be cut without cutting a secret in two.</summary>
    /// <param name="piece">The beginning of the text, as UTF-8.</param>
    /// <returns>Bytes to take, at least one.</returns>
    internal int CutWithin(ReadOnlySpan<byte> piece)
    {
        var separator = piece[^Math.Min(LongestToken, piece.Length)..].LastIndexOfAny(Separators);
        var cut = separator < 0 ? piece.Length : piece.Length - Math.Min(LongestToken, piece.Length) + separator + 1;
        var begun = 0;
        foreach (var secret in _secrets)
            begun = Math.Max(begun, BegunAtEnd(piece[..cut], Encoding.UTF8.GetBytes(secret)));
        return begun < cut ? cut - begun : piece.Length;
    }

    private static int BegunAtEnd(ReadOnlySpan<byte> text, ReadOnlySpan<byte> secret)
    {
        for (var length = Math.Min(secret.Length - 1, text.Length); length > 0; length--)
            if (text.EndsWith(secret[..length]))
                return length;
        return 0;
    }

    private static IEnumerable<string> Spellings(string secret)
    {
        yield return secret;
        yield return JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;
        if (secret.Contains('\n'))
            foreach (var line in secret.Split('\n', StringSplitOptions.TrimEntries).Where(static line => line.Length >= ShortestLineOfSecret))
                yield return line;
    }

    // Neither pattern needs a limit of its time: without backtracking it is that of the text's length. A limit would be reached when the machine sleeps.
    [GeneratedRegex(
        @"\brs[pk]_live_[A-Za-z0-9_\-]+|\beyJ[A-Za-z0-9_\-]{8,}\.eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]+"
        + @"|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}|\bsk-ant-[A-Za-z0-9_\-]{16,}",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Tokens();

    [GeneratedRegex(
        @"(?<before>\bauthorization[""']?\s?[:=]\s?[""']?((bearer|basic|token)\s+)?|\bbearer\s+)[^\s""',;\[]+|(?<before>://[^\s/@:]*:)[^\s/@]+(?<after>@)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Credentials();
}
