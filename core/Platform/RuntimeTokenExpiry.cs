using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Donmai.Core.Platform;

/// <summary>When a runtime token expires: as the orchestrator says, else as the token itself does (platform-api.md §2).</summary>
internal static class RuntimeTokenExpiry
{
    private const int PartsOfToken = 3;

    /// <summary>The moment; <see langword="null"/> when neither says, or in a way that nobody understands.</summary>
    /// <param name="told">RFC 3339, as the orchestrator has told it.</param>
    /// <param name="token">The token; only its claim <c>exp</c> is looked at, and it need not be a JWT.</param>
    public static DateTimeOffset? Of(string? told, string token) =>
        DateTimeOffset.TryParse(told, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : OfToken(token);

    private static DateTimeOffset? OfToken(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != PartsOfToken || !Base64Url.IsValid(parts[1]))
            return null;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return claims.RootElement.ValueKind is JsonValueKind.Object
                && claims.RootElement.TryGetProperty("exp", out var expiry)
                && expiry.ValueKind is JsonValueKind.Number
                && expiry.TryGetDouble(out var seconds)
                && seconds > 0 && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                    ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
