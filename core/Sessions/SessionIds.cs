using System.Buffers;

namespace Donmai.Core.Sessions;

/// <summary>The one place that decides which text may name a session, and so its directories (control-api.md §4.9, architecture.md §8).</summary>
public static class SessionIds
{
    /// <summary>Longest id, in characters.</summary>
    public const int MaximumLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    /// <summary>Whether <paramref name="id"/> may name a session. A leading dot would hide its directories, or leave their parent.</summary>
    public static bool IsUsable(string id) =>
        id.Length is > 0 and <= MaximumLength && id[0] != '.' && !id.AsSpan().ContainsAnyExcept(Allowed);
}
