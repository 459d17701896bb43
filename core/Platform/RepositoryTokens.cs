using System.Text.Json;
using Donmai.Core.Daemon;

namespace Donmai.Core.Platform;

/// <summary>
/// The credentials that the platform lends for repositories (platform-api.md §7.1): in memory and nowhere else, each until it expires or another
/// takes its place. Not thread-safe: one grain has it.
/// </summary>
/// <param name="clock">Time.</param>
public sealed class RepositoryTokens(TimeProvider clock)
{
    /// <summary>Repositories whose credentials are kept; with more, those that end first go.</summary>
    internal const int MostKept = 1024;

    private const int LongestToken = 16 * 1024;

    private readonly Dictionary<string, LentToken> _byRepository = new(StringComparer.Ordinal);

    /// <summary>Takes what a poll brought.</summary>
    /// <param name="credentials">A list of <c>{token, cloneUrl, expiresAt}</c>; anything else holds none.</param>
    /// <returns>How many of them cannot be used.</returns>
    public int Take(JsonText? credentials)
    {
        if (credentials is null)
            return 0;
        using var document = JsonDocument.Parse(credentials.Text);
        if (document.RootElement.ValueKind is not JsonValueKind.Array)
            return document.RootElement.ValueKind is JsonValueKind.Null ? 0 : 1;
        var unusable = 0;
        foreach (var credential in document.RootElement.EnumerateArray())
            if (Read(credential) is { } lent)
                _byRepository[lent.Repository] = lent;
            else
                unusable++;
        Trim();
        return unusable;
    }

    /// <summary>The token for a repository; <see langword="null"/> when there is none that is still good.</summary>
    /// <param name="cloneSource">What git is told to clone. Only <c>https</c> takes a token.</param>
    public string? For(string cloneSource) =>
        KeyOf(cloneSource) is { } repository && _byRepository.TryGetValue(repository, out var lent) && lent.ExpiresAt > clock.GetUtcNow() ? lent.Token : null;

    private void Trim()
    {
        var now = clock.GetUtcNow();
        foreach (var over in _byRepository.Values.Where(lent => lent.ExpiresAt <= now).ToList())
            _byRepository.Remove(over.Repository);
        foreach (var first in _byRepository.Values.OrderBy(static lent => lent.ExpiresAt).Take(_byRepository.Count - MostKept).ToList())
            _byRepository.Remove(first.Repository);
    }

    private static LentToken? Read(JsonElement credential)
    {
        if (credential.ValueKind is not JsonValueKind.Object
            || Text(credential, "token") is not { Length: > 0 and <= LongestToken } token || token.Any(char.IsControl) // git reads it line by line
            || KeyOf(Text(credential, "cloneUrl") ?? "") is not { } repository)
            return null;
        if (!credential.TryGetProperty("expiresAt", out var until) || until.ValueKind is JsonValueKind.Null)
            return new LentToken(repository, token, DateTimeOffset.MaxValue);
        return until.ValueKind is JsonValueKind.String && until.TryGetDateTimeOffset(out var expiresAt) ? new LentToken(repository, token, expiresAt) : null;
    }

    private static string? Text(JsonElement credential, string name) =>
        credential.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static string? KeyOf(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps)
            return null;
        var name = RepositoryName.Parse(address);
        return name is { Host: { } host, Path.Length: > 0 }
            ? $"{host}/{(name.PathComparison == StringComparison.OrdinalIgnoreCase ? name.Path.ToLowerInvariant() : name.Path)}"
            : null;
    }

    private sealed record LentToken(string Repository, string Token, DateTimeOffset ExpiresAt);
}
