using System.Text.RegularExpressions;

namespace Donmai.Worker.Providers;

/// <summary>Recognises trouble in error texts and standard error (worker.md §4.0 CP-14).</summary>
internal static partial class KnownTroubles
{
    /// <summary>The first kind that a text shows: unknown session, authentication, quota, transient.</summary>
    public static KnownTrouble Of(string text) =>
        UnknownSession().IsMatch(text) ? KnownTrouble.UnknownSession
        : Authentication().IsMatch(text) ? KnownTrouble.Authentication
        : Quota().IsMatch(text) ? KnownTrouble.Quota
        : Transient().IsMatch(text) ? KnownTrouble.Transient
        : KnownTrouble.None;

    [GeneratedRegex("no conversation found|session not found|thread not found|no rollout found|unknown thread", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UnknownSession();

    [GeneratedRegex(
        @"invalid api key|please run /login|not logged in|unauthorized|oauth token|authentication_error|\b401\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Authentication();

    [GeneratedRegex(
        @"usage limit|quota|credit balance|billing|rate limit.{0,80}reset|reset.{0,80}rate limit",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex Quota();

    [GeneratedRegex(
        @"overloaded|\b529\b|\b503\b|econnreset|connection reset|stream disconnected|socket hang up",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Transient();
}
